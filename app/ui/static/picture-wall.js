// A wall of pictures of any length: a place is an index, and only the rows around the window are in the document.

import { patience, tell } from "./notice.js";
import { ScrollMap } from "./scroll-map.js";
import { Slices } from "./slices.js";
import { PLAIN_TILE } from "./wall-tile.js";

const CALM = 150;

export class PictureWall {
  // `memory` is what `place` answered of this wall before, `remember` is called when that has changed; `tile` builds the tiles.
  constructor(place, { memory, remember, counted, drawn, way, tile = PLAIN_TILE }) {
    this.place = place;
    this.list = place.querySelector("ul");
    Object.assign(this, { remember, counted, drawn, tile, total: Number(place.dataset.total), tiles: new Map(), current: Number(place.dataset.from) });
    this.look = { pixels: place.dataset.pixels, kinds: JSON.parse(place.dataset.kinds), way };
    this.slices = new Slices(place.dataset.query, { arrived: (answer) => this.arrived(answer), failed: (error) => tell(patience(error), "bad") });
    this.map = new ScrollMap();
    this.adopt();
    this.measure();
    this.listen();
    this.begin(memory);
  }

  adopt() {
    [...this.list.children].forEach((tile, place) => {
      this.tile.adopt(tile, this.current + place, this.total);
      this.tiles.set(this.current + place, tile);
    });
    if (!this.tiles.size) this.current = Math.min(this.current, this.total - 1);
    this.list.tabIndex = -1;
    this.place.classList.add("endless");
  }

  listen() {
    this.ended = new AbortController();
    const { signal } = this.ended;
    window.addEventListener("scroll", () => this.scrolled(), { signal, passive: true });
    this.list.addEventListener("keydown", (event) => this.press(event), { signal });
    this.list.addEventListener("focusin", (event) => this.focused(event.target), { signal });
    this.list.addEventListener("click", () => this.remember(), { signal, capture: true });
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(this.place);
    window.addEventListener("resize", () => this.resized(), { signal });
  }

  close() {
    this.ended.abort();
    this.watcher.disconnect();
    this.slices.close();
    clearTimeout(this.timer);
  }

  begin(memory) {
    const index = Math.min(memory?.index ?? this.current, this.total - 1);
    const isHere = this.tiles.get(index)?.dataset.path === memory?.path;
    this.sought = memory?.path && !isHere ? { index, path: memory.path } : null;
    if (memory || index) this.scrollTo(this.top(index) - (memory?.top ?? this.margin));
    else this.draw();
    this.current = index;
    if (memory?.focused) this.focus(index);
  }

  // Sizes

  measure() {
    const probe = this.list.firstElementChild ?? this.list.appendChild(this.tile.empty(0, this.total));
    const style = getComputedStyle(this.list);
    this.columns = style.gridTemplateColumns.split(" ").length;
    this.row = probe.getBoundingClientRect().height + parseFloat(style.rowGap);
    this.margin = parseFloat(getComputedStyle(this.place).scrollMarginTop) || 0;
    this.width = this.place.clientWidth;
    if (!this.tiles.size) probe.remove();
    this.map.resize(Math.ceil(this.total / this.columns) * this.row, window.innerHeight);
    this.place.style.height = `${this.map.height}px`;
  }

  // The same picture stays at the same place of the window.
  resized() {
    if (this.place.clientWidth === this.width && window.innerHeight === this.map.view) return;
    const { index, top } = this.anchor();
    this.measure();
    if (this.map.content > 0) this.scrollTo(this.top(index) - top);
    else this.draw();
  }

  resize(look, pixels) {
    const { index, top } = this.anchor();
    this.place.classList.remove("small", "medium", "large");
    this.place.classList.add(look);
    this.look.pixels = pixels;
    this.measure();
    this.scrollTo(this.top(index) - top);
  }

  // Places

  top(index) {
    return Math.floor(index / this.columns) * this.row;
  }

  get wallTop() {
    return this.place.getBoundingClientRect().top + window.scrollY;
  }

  scrolled() {
    this.map.move(window.scrollY - this.wallTop);
    this.draw();
    this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.calm(), CALM);
  }

  // The scroll bar is set to the place that is seen, from which small steps may have led away.
  calm() {
    if (this.map.ratio !== 1 && this.map.content > 0 && this.map.content < this.map.end) this.scrollTo(this.map.content);
    this.remember();
  }

  scrollTo(content) {
    window.scrollTo({ top: this.wallTop + this.map.show(content), behavior: "instant" });
    this.draw();
  }

  // The focused tile where it is seen, else the first whole one: {index, top, path, focused}.
  anchor() {
    // Above the wall nothing covers its first row.
    const from = this.map.content > 0 ? this.map.content + this.margin : 0;
    const first = Math.min(Math.max(0, Math.ceil(from / this.row) * this.columns), this.total - 1);
    const focused = this.list.contains(document.activeElement);
    const isSeen = this.top(this.current) + this.row > from && this.top(this.current) < this.map.content + this.map.view;
    const index = focused && isSeen ? this.current : first;
    return { index, top: this.top(index) - this.map.content, path: this.slices.entry(index)?.path ?? this.tiles.get(index)?.dataset.path, focused };
  }

  // Tiles

  range() {
    const { content, view } = this.map;
    const first = Math.max(0, Math.floor((content - view) / this.row) * this.columns);
    const last = Math.min(this.total, Math.ceil((content + 2 * view) / this.row) * this.columns);
    return { first: Math.min(first, Math.max(0, last - this.columns)), last: Math.max(last, Math.min(this.total, this.columns)) };
  }

  draw() {
    const { first, last } = this.range();
    for (const [index, tile] of this.tiles) if (index < first || index >= last) this.drop(index, tile);
    for (let index = first; index < last; index += 1) if (!this.tiles.has(index)) this.add(index, index - first);
    // As far from the top of the box as its place is from what is seen.
    this.list.style.transform = `translateY(${this.top(first) - this.map.content + this.map.scroll}px)`;
    this.slices.want(first, last, !this.sought && [...this.tiles.values()].every((tile) => tile.filled));
    this.rove(first, last);
    this.drawn();
  }

  add(index, place) {
    const tile = this.tile.empty(index, this.total);
    this.tiles.set(index, tile);
    this.list.insertBefore(tile, this.list.children[place] ?? null);
    this.fill(index, tile);
  }

  drop(index, tile) {
    // The keys go on from where they were.
    if (tile.contains(document.activeElement)) this.list.focus({ preventScroll: true });
    this.tiles.delete(index);
    this.tile.leave(tile);
  }

  fill(index, tile) {
    const entry = this.slices.entry(index);
    if (entry) this.tile.fill(tile, entry, this.look);
  }

  arrived(answer) {
    if (answer.total !== this.total) this.recount(answer.total);
    for (const [index, tile] of this.tiles) this.fill(index, tile);
    this.drawn();
    this.find();
  }

  recount(total) {
    this.total = total;
    this.current = Math.max(0, Math.min(this.current, total - 1));
    this.counted(total);
    for (const [index, tile] of this.tiles) if (index < total) tile.setAttribute("aria-setsize", total);
    this.measure();
    this.draw();
  }

  // A picture that has moved in the list since it was opened is shown where it is now.
  find() {
    const { sought } = this;
    if (!sought || !this.slices.entry(sought.index)) return;
    this.sought = null;
    const index = this.slices.placeOf(sought.path);
    if (index >= 0 && index !== sought.index) this.goTo(index, this.list.contains(document.activeElement));
  }

  // Keys

  rove(first, last) {
    const isHere = this.list.contains(document.activeElement);
    if (!isHere && (this.current < first || this.current >= last)) this.current = this.anchor().index;
    for (const [index, tile] of this.tiles) tile.firstElementChild.tabIndex = index === this.current ? 0 : -1;
  }

  focused(target) {
    const tile = target.closest("li");
    if (!tile) return;
    this.current = Number(tile.getAttribute("aria-posinset")) - 1;
    this.soon();
    for (const [index, other] of this.tiles) other.firstElementChild.tabIndex = index === this.current ? 0 : -1;
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (this.step(event.key)) event.preventDefault();
  }

  // Go to the tile that a key leads to; answers whether it is such a key.
  step(key) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns, Home: -this.current, End: this.total - 1 - this.current };
    if (!(key in steps)) return false;
    this.sought = null;
    const next = this.current + steps[key];
    if (next >= 0 && next < this.total) this.goTo(next, true);
    else if (key === "ArrowDown") this.goTo(this.total - 1, true);
    return true;
  }

  focus(index) {
    this.current = index;
    this.tiles.get(index)?.firstElementChild.focus({ preventScroll: true });
  }

  // Bring a tile into view with as little movement as needed.
  goTo(index, withFocus) {
    const { content, view } = this.map;
    const [start, end] = [this.top(index) - this.margin, this.top(index) + this.row - view];
    const isAbove = start < content;
    if (isAbove || end > content) this.scrollTo(isAbove ? start : end);
    if (withFocus) this.focus(index);
  }

  // Focus the tile of a picture, wherever it is by now.
  comeTo({ index, path }) {
    this.sought = path ? { index, path } : null;
    this.goTo(Math.min(index, this.total - 1), true);
  }

  // Bring the row of a tile to the top.
  jump(index) {
    this.sought = null;
    this.scrollTo(this.top(index) - this.margin);
    this.focus(index);
  }
}
