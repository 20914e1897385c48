// The tiles of the split wall: two drawings of the same picture in one box, asked for while the tile is seen.

import { DrawingQueue } from "./drawing-queue.js";
import { element } from "./element.js";
import { address } from "./server.js";

const SIDES = ["a", "b"];
// Of the rows that come next.
const AHEAD = "15% 0px";
const KINDS_OF_PREVIEW = { titlecard: "title_card" };
const FILES = "files";

export class SplitTiles {
  // `designOf` answers { id, revision } of a side, `cutOf` how much of a tile is on the left, `width` are pixels of a drawing.
  constructor({ designOf, cutOf, width, failed }) {
    Object.assign(this, { designOf, cutOf, width, seen: new Set() });
    this.queue = new DrawingQueue({ failed });
    this.watcher = new IntersectionObserver((changes) => changes.forEach((change) => this.passed(change)), { rootMargin: AHEAD });
  }

  close() {
    this.watcher.disconnect();
    this.queue.close();
  }

  // What a wall needs to know of its tiles

  empty(index, total) {
    const tile = element("li", { "aria-setsize": total, "aria-posinset": index + 1 }, element("a", { class: "tile" }, element("span", { class: "layers" }), element("b", {}, "\u00a0")));
    this.watcher.observe(tile);
    return tile;
  }

  adopt(tile, index, total) {
    tile.setAttribute("aria-setsize", total);
    tile.setAttribute("aria-posinset", index + 1);
    const { path, hash, kind, thumbnail, color } = tile.dataset;
    tile.filled = `${path} ${hash}`;
    this.give(tile, { path, hash, kind, color, thumbnail_url: thumbnail });
    this.watcher.observe(tile);
  }

  fill(tile, entry, { way }) {
    const key = `${entry.path ?? ""} ${entry.hash ?? ""}`;
    if (tile.filled === key) return;
    tile.filled = key;
    tile.dataset.path = entry.path;
    tile.firstElementChild.href = way(entry);
    tile.querySelector("b").textContent = entry.title;
    this.forget(tile);
    this.give(tile, entry);
    if (this.seen.has(tile)) this.draw(tile);
  }

  leave(tile) {
    this.watcher.unobserve(tile);
    this.seen.delete(tile);
    this.forget(tile);
    tile.remove();
  }

  // The drawings

  give(tile, entry) {
    tile.entry = entry;
    const layers = SIDES.map((side) => element("img", { class: side, alt: "", decoding: "async", draggable: "false" }));
    if (entry.color) for (const layer of layers) layer.style.setProperty("--color", entry.color);
    tile.querySelector(".layers").replaceChildren(...layers);
  }

  forget(tile) {
    for (const image of tile.querySelectorAll(".layers img")) this.queue.cancel(image);
  }

  passed({ target, isIntersecting }) {
    if (isIntersecting) this.seen.add(target);
    else this.seen.delete(target);
    if (isIntersecting) this.draw(target);
    else this.forget(target);
  }

  draw(tile) {
    if (!tile.entry?.path) return;
    SIDES.forEach((side) => {
      const image = tile.querySelector(`.${side}`);
      const wanted = this.addressOf(tile.entry, side);
      if (image.wanted === wanted && image.dataset.state === "ready") return;
      if (image.wanted !== wanted) this.start(image, wanted);
      this.queue.want(image, wanted, () => this.rank(tile, side));
    });
  }

  // What it shows until the new one is there is no picture of this design.
  start(image, wanted) {
    this.queue.cancel(image);
    image.removeAttribute("src");
    delete image.dataset.state;
    image.wanted = wanted;
  }

  // First what one sees, from the top, and then the side of each tile that the handle hides.
  rank(tile, side) {
    const cut = this.cutOf(tile);
    const isHidden = side === "a" ? cut <= 0 : cut >= 1;
    return Number(tile.getAttribute("aria-posinset")) + (isHidden ? 1e7 : 0);
  }

  addressOf(entry, side) {
    const { id, revision } = this.designOf(side);
    if (id === FILES) return address(`${entry.thumbnail_url}&width=${this.width}`).href;
    const fields = { asset: entry.path, kind: KINDS_OF_PREVIEW[entry.kind] ?? entry.kind, width: this.width, revision, picture: entry.hash ?? "" };
    return address(`api/designs/${encodeURIComponent(id)}/preview?${new URLSearchParams(fields)}`).href;
  }

  // Another design of a side, or another revision of it.
  renew() {
    for (const tile of this.seen) this.draw(tile);
  }
}
