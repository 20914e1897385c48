// The larger view of one picture, with the ones before and after it and why it was chosen.

import { find, say } from "./element.js";

export class Viewer {
  // `actions` shows what can be done with a picture.
  constructor(actions) {
    this.actions = actions;
    this.images = [];
    this.dialog = find("viewer");
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.press(event.key));
    find("viewer-back").addEventListener("click", () => this.step(-1));
    find("viewer-on").addEventListener("click", () => this.step(1));
  }

  // Each image is {key, name, source} and, for artwork, its `path`, `record`, which promises the decision, and `explain`.
  async open(image, images) {
    this.images = images;
    this.image = image;
    find("viewer-name").textContent = image.name;
    find("viewer-image").alt = image.name;
    find("viewer-image").src = image.source;
    say(find("viewer-why"), image.explain ? "…" : "");
    find("viewer-why").hidden = !image.explain;
    if (!this.dialog.open) this.dialog.showModal();
    this.actions.show(image, () => this.image === image);
    const sentence = image.explain ? await image.explain().catch((error) => error.message) : "";
    if (this.image === image) say(find("viewer-why"), sentence);
  }

  step(by) {
    const place = this.images.findIndex((image) => image.key === this.image.key);
    const next = this.images[(place + by + this.images.length) % this.images.length];
    if (next) this.open(next, this.images);
  }

  press(key) {
    if (key === "ArrowLeft") this.step(-1);
    if (key === "ArrowRight") this.step(1);
  }
}
