// Choosing pictures of the wall, and changing what is chosen: planned first, confirmed, and undone by one press.

import { element, find, say } from "./element.js";
import { decide } from "./frame.js";
import { remember } from "./last-change.js";
import { attempt, tell } from "./notice.js";
import { Selection } from "./selection.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const LONGEST_RANGE = 5000;
const number = (value) => value.toLocaleString(document.documentElement.lang);

export class Choosing {
  // `wall` answers the wall that is shown, null for none.
  constructor(wall) {
    Object.assign(this, { wall, selection: new Selection(), isOn: false, last: null });
    const found = find("found");
    found.addEventListener("click", (event) => this.click(event), true);
    found.addEventListener("keydown", (event) => this.press(event));
    find("select").addEventListener("click", () => this.turn(!this.isOn));
    find("choose-all").addEventListener("click", () => this.change(() => this.selection.all()));
    find("choose-none").addEventListener("click", () => this.change(() => this.selection.clear()));
    for (const button of find("chosen-bar").querySelectorAll("[data-action]")) button.addEventListener("click", () => this.edit(button));
    document.addEventListener("keydown", (event) => this.escape(event));
    find("select").disabled = false;
  }

  turn(isOn) {
    this.isOn = isOn;
    this.last = null;
    this.selection.clear();
    find("select").setAttribute("aria-pressed", isOn);
    find("chosen-bar").hidden = !isOn;
    this.paint();
  }

  change(what) {
    what();
    this.paint();
  }

  // Mark what is chosen among the tiles of the document.
  paint() {
    for (const tile of find("found").querySelectorAll("li[aria-posinset]")) this.mark(tile);
    if (!this.isOn) return;
    const count = this.selection.count(this.wall()?.total ?? 0);
    say(find("chosen-count"), text("library.chosen", { count: number(count) }));
    for (const button of find("chosen-bar").querySelectorAll("[data-action]")) button.disabled = count === 0;
  }

  mark(tile) {
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
    const tile = this.isOn && event.key === " " && event.target.closest("li[aria-posinset]");
    if (!tile) return;
    event.preventDefault();
    this.choose(tile, event.shiftKey);
  }

  escape(event) {
    if (event.key === "Escape" && this.isOn && !document.querySelector("dialog[open]")) this.turn(false);
  }

  async choose(tile, isRange) {
    const { path } = tile.dataset;
    const index = Number(tile.getAttribute("aria-posinset")) - 1;
    if (!path) return;
    const from = this.last;
    this.last = index;
    if (isRange && from !== null) await this.range(Math.min(from, index), Math.max(from, index));
    else this.selection.toggle(path);
    this.paint();
  }

  // All between two tiles, loaded or not.
  async range(first, last) {
    if (last - first >= LONGEST_RANGE) return tell(text("library.range_too_long", { most: number(LONGEST_RANGE) }), "bad");
    const paths = await attempt(() => this.wall().slices.paths(first, last + 1));
    for (const path of paths ?? []) this.selection.put(path, true);
  }

  async edit(button) {
    const names = this.selection.names(this.wall().place.dataset.query);
    const order = { action: button.dataset.action, ...names };
    const plan = await attempt(() => post("api/assets/bulk-edit", { ...order, dry_run: true }));
    if (!plan) return;
    find("changing-title").textContent = text("library.change_which", { action: button.textContent, count: number(plan.count) });
    find("changing-means").textContent = button.dataset.means;
    find("changing-skipped").replaceChildren(...plan.skipped.map(({ why, count }) => element("li", {}, text("library.left_out", { count: number(count), why }))));
    find("changing-do").textContent = button.textContent;
    find("changing-do").disabled = plan.count === 0;
    if ((await decide(find("changing"))) !== "do") return;
    const done = await attempt(() => post("api/assets/bulk-edit", { ...order, expected: plan.count }));
    if (done) this.changed(done);
  }

  changed({ run_id: run, count, failed }) {
    this.turn(false);
    const words = failed.length
      ? text("library.changed_in_part", { count: number(count), failed: number(failed.length), why: failed[0].error })
      : text("library.changed", { count: number(count) });
    const tone = failed.length ? "bad" : "good";
    if (run) remember(words, { run }, tone);
    else tell(words, tone);
  }
}
