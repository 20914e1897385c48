// A design that is dropped on the page; pictures are left to the frame.

const isDesign = ({ kind, type }) => kind === "file" && !type.startsWith("image/");

export class DesignDrop {
  // `hint` is shown while a design is over the page, `taken` gets its file.
  constructor(hint, taken) {
    Object.assign(this, { hint, taken });
    document.addEventListener("dragover", (event) => this.over(event));
    document.addEventListener("dragleave", (event) => event.relatedTarget || this.mark(false));
    document.addEventListener("drop", (event) => this.dropped(event));
  }

  isMeant(event) {
    const items = [...(event.dataTransfer?.items ?? [])];
    return items.some(isDesign) && !document.querySelector("dialog[open]");
  }

  over(event) {
    if (!this.isMeant(event)) return;
    event.preventDefault();
    this.mark(true);
  }

  mark(isOver) {
    this.hint.hidden = !isOver;
  }

  dropped(event) {
    this.mark(false);
    if (!this.isMeant(event)) return;
    event.preventDefault();
    this.taken([...event.dataTransfer.files].find((file) => !file.type.startsWith("image/")));
  }
}
