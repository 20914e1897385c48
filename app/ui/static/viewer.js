// The larger view of one sample, with the ones before and after it.

import { find } from "./element.js";

export class Viewer {
  constructor(load) {
    this.load = load;
    this.images = [];
    this.dialog = find("viewer");
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.press(event.key));
    find("viewer-back").addEventListener("click", () => this.step(-1));
    find("viewer-on").addEventListener("click", () => this.step(1));
  }

  async open(image) {
    this.image = image;
    find("viewer-name").textContent = image.path;
    find("viewer-image").alt = `Sample ${image.path}`;
    if (!this.dialog.open) this.dialog.showModal();
    const source = await this.load(image).catch(() => "");
    if (this.image === image) find("viewer-image").src = source;
  }

  step(by) {
    const place = this.images.findIndex((image) => image.path === this.image.path);
    const next = this.images[(place + by + this.images.length) % this.images.length];
    if (next) this.open(next);
  }

  press(key) {
    if (key === "ArrowLeft") this.step(-1);
    if (key === "ArrowRight") this.step(1);
  }
}
