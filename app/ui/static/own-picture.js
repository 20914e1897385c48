// A picture of the reader's own: a file that is chosen, dropped or pasted, or an address.

import { find, say } from "./element.js";
import { replacing, takeAddress, takeFile } from "./candidate-take.js";
import { tell } from "./notice.js";
import { text } from "./texts.js";

const picture = (files) => [...(files ?? [])].find((file) => file.type.startsWith("image/"));

export class OwnPicture {
  // `section` answers the section as it is now, null for none.
  constructor(section) {
    this.section = section;
    document.addEventListener("change", ({ target }) => target.id === "own-file" && this.chosen(target));
    document.addEventListener("submit", (event) => event.target.id === "own-address" && this.addressed(event));
    document.addEventListener("paste", (event) => this.pasted(event));
    document.addEventListener("dragover", (event) => this.over(event));
    document.addEventListener("dragleave", (event) => !event.relatedTarget && this.section() && this.mark(false));
    document.addEventListener("drop", (event) => this.dropped(event));
  }

  async take(file) {
    if (!file) return tell(text("candidates.no_file"), "bad");
    await takeFile(replacing(this.section()), file);
  }

  async chosen(field) {
    await this.take(picture(field.files));
    field.value = "";
  }

  // What the server says about the address stays beside the field, until it is another one.
  async addressed(event) {
    event.preventDefault();
    const button = event.target.querySelector("button");
    button.disabled = true;
    find("own-refused").hidden = true;
    const isTaken = await takeAddress(replacing(this.section()), find("own-address-field").value.trim());
    button.disabled = false;
    if (isTaken) find("own-address-field").value = "";
    else this.refuse();
  }

  refuse() {
    say(find("own-refused"), find("notice-text").textContent);
    find("own-refused").hidden = false;
    find("own-address-field").focus();
  }

  pasted(event) {
    const file = picture(event.clipboardData?.files);
    if (!file || !this.section() || event.target.closest?.("input, textarea")) return;
    event.preventDefault();
    this.take(file);
  }

  over(event) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files") || !this.section()) return;
    event.preventDefault();
    this.mark(true);
  }

  mark(isOver) {
    this.section().classList.toggle("over", isOver);
  }

  dropped(event) {
    if (!event.dataTransfer?.files.length || !this.section()) return;
    event.preventDefault();
    this.mark(false);
    this.take(picture(event.dataTransfer.files));
  }
}
