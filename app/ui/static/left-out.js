// Which steps of a plan a person has unticked; kept while the tab is open, over all pages of the plan.

export class LeftOut {
  constructor(number) {
    this.name = `left-out-${number}`;
    this.paths = new Set(JSON.parse(sessionStorage.getItem(this.name) ?? "[]"));
  }

  put(path, isLeftOut) {
    if (isLeftOut) this.paths.add(path);
    else this.paths.delete(path);
    this.keep();
  }

  clear() {
    this.paths.clear();
    this.keep();
  }

  keep() {
    sessionStorage.setItem(this.name, JSON.stringify([...this.paths]));
  }

  paint(place) {
    for (const box of place.querySelectorAll("[data-step]")) {
      box.disabled = false;
      box.checked = !this.paths.has(box.dataset.step);
      box.closest("li").classList.toggle("left-out", !box.checked);
    }
  }
}
