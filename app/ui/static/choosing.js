// Choosing pictures of the wall: by mouse, by keyboard, by a held finger, and until Back, Escape or a change ends it.

import { BackStep } from "./back-step.js";
import { BulkChange } from "./bulk-change.js";
import { find, say } from "./element.js";
import { HeldFinger } from "./held-finger.js";
import { attempt, tell } from "./notice.js";
import { Selection } from "./selection.js";
import { text } from "./texts.js";

const LONGEST_RANGE = 5000;
// A browser keeps some megabytes of a page.
const MOST_KEPT = 20000;
const EXTENDING = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
const KEPT = `chosen ${location.pathname}`;
const number = (value) => value.toLocaleString(document.documentElement.lang);
const indexOf = (tile) => Number(tile.getAttribute("aria-posinset")) - 1;


// What is seen of the wall between the letters and the bar.
function between() {
  const strip = document.querySelector(".letters")?.getBoundingClientRect();
  return [Math.max(0, strip?.bottom ?? 0), find("chosen-bar").getBoundingClientRect().top];
}

export class Choosing {
  // `wall` answers the wall that is shown, null for none.
  constructor(wall) {
    Object.assign(this, { wall, selection: new Selection(), isOn: false, anchor: null, base: null });
    this.step = new BackStep("choosing", (isHere) => this.walked(isHere));
    this.bulk = new BulkChange(() => this.turn(false));
    const found = find("found");
    found.addEventListener("click", (event) => this.click(event), true);
    found.addEventListener("keydown", (event) => this.press(event));
    new HeldFinger(found, { begun: (tile) => this.hold(tile), reached: (tile) => this.stretch(indexOf(tile)), seen: between });
    find("select").addEventListener("click", () => this.turn(!this.isOn));
    find("choose-all").addEventListener("click", () => this.change(() => this.selection.all()));
    find("choose-none").addEventListener("click", () => this.change(() => this.selection.clear()));
    for (const button of this.actions()) button.addEventListener("click", () => this.bulk.ask(button, this.selection.names(this.query)));
    document.addEventListener("keydown", (event) => this.escape(event));
    find("select").disabled = false;
  }

  get query() {
    return this.wall()?.place.dataset.query;
  }

  actions() {
    return find("chosen-bar").querySelectorAll("[data-action]");
  }

  // Begin or end choosing; what is done to the address after an end waits for it.
  turn(isOn) {
    this.show(isOn);
    this.keep();
    if (!isOn) return this.step.leave();
    this.step.enter();
    return null;
  }

  show(isOn) {
    this.isOn = isOn;
    this.selection.clear();
    this.mark(null);
    find("select").setAttribute("aria-pressed", isOn);
    find("chosen-bar").hidden = !isOn;
    this.paint();
  }

  // By Back or Forward; the place of the wall is another's than that of the step.
  walked(isHere) {
    if (isHere === this.isOn) return;
    this.show(isHere);
    if (isHere) this.restore();
    else this.keep();
    this.wall()?.remember();
  }

  // After a reload, or on the way back to this page.
  resume() {
    if (!this.step.isHere || !this.wall()) return;
    this.show(true);
    this.restore();
  }

  restore() {
    const { query, selection } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    if (selection && query === this.query) this.change(() => this.selection.restore(selection));
  }

  keep() {
    const isKept = this.isOn && this.selection.paths.size <= MOST_KEPT;
    if (isKept) sessionStorage.setItem(KEPT, JSON.stringify({ query: this.query, selection: this.selection.kept() }));
    else sessionStorage.removeItem(KEPT);
  }

  change(what) {
    what();
    this.paint();
    this.keep();
  }

  // Mark what is chosen among the tiles of the document.
  paint() {
    for (const tile of find("found").querySelectorAll("li[aria-posinset]")) this.paintTile(tile);
    if (!this.isOn) return;
    const count = this.selection.count(this.wall()?.total ?? 0);
    say(find("chosen-count"), text("library.chosen", { count: number(count) }));
    for (const button of this.actions()) button.disabled = count === 0;
  }

  paintTile(tile) {
    const isChosen = this.isOn && Boolean(tile.dataset.path) && this.selection.has(tile.dataset.path);
    tile.classList.toggle("marked", isChosen);
    const place = tile.firstElementChild;
    if (this.isOn) place.setAttribute("role", "checkbox");
    else place.removeAttribute("role");
    if (this.isOn) place.setAttribute("aria-checked", isChosen);
    else place.removeAttribute("aria-checked");
  }

  click(event) {
    const tile = this.isOn && event.target.closest("li[aria-posinset]");
    if (!tile) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(tile, event.shiftKey);
  }

  press(event) {
    const tile = this.isOn && event.target.closest("li[aria-posinset]");
    if (!tile) return;
    if (event.key === " ") {
      event.preventDefault();
      this.choose(tile, event.shiftKey);
    } else if (event.shiftKey && EXTENDING.includes(event.key)) {
      event.preventDefault();
      this.extend(event.key, indexOf(tile));
    }
  }

  extend(key, from) {
    if (this.anchor === null) this.mark(from);
    this.wall().step(key);
    this.stretch(this.wall().current);
  }

  escape(event) {
    if (event.key === "Escape" && this.isOn && !document.querySelector("dialog[open]")) this.turn(false);
  }

  choose(tile, isRange) {
    const { path } = tile.dataset;
    if (!path) return;
    if (isRange && this.anchor !== null) {
      this.stretch(indexOf(tile));
      return;
    }
    this.change(() => this.selection.toggle(path));
    this.mark(indexOf(tile));
  }

  hold(tile) {
    if (!this.isOn) this.turn(true);
    if (tile.dataset.path) this.change(() => this.selection.put(tile.dataset.path, true));
    this.mark(indexOf(tile));
  }

  // From here on a range is chosen, beside what is chosen now.
  mark(index) {
    Object.assign(this, { anchor: index, base: this.selection.kept() });
  }

  // Choose all between the mark and a tile, loaded or not; what an earlier stretch had beyond it is given up.
  async stretch(index) {
    const [first, last] = [Math.min(this.anchor, index), Math.max(this.anchor, index)];
    if (last - first >= LONGEST_RANGE) return tell(text("library.range_too_long", { most: number(LONGEST_RANGE) }), "bad");
    const { base } = this;
    this.stretched = index;
    const paths = this.loaded(first, last) ?? (await attempt(() => this.wall().slices.paths(first, last + 1)));
    if (!paths || this.stretched !== index || this.base !== base) return;
    this.change(() => {
      this.selection.restore(base);
      for (const path of paths) this.selection.put(path, true);
    });
  }

  loaded(first, last) {
    const entries = Array.from({ length: last - first + 1 }, (_, place) => this.wall().slices.entry(first + place));
    return entries.every(Boolean) ? entries.map(({ path }) => path).filter(Boolean) : null;
  }
}
