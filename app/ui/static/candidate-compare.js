// A candidate over the present picture of the asset, with a line between them that moves.

import { find, say } from "./element.js";
import { text } from "./texts.js";

export class Comparing {
  // `take` gets the tile that is taken. The dialog is that of templates/candidates/comparing.html.
  constructor(take) {
    this.dialog = find("comparing");
    this.pair = find("pair");
    this.tile = null;
    this.take = take;
    find("pair-split").addEventListener("input", () => this.split());
    find("comparing-back").addEventListener("click", () => this.step(-1));
    find("comparing-on").addEventListener("click", () => this.step(1));
    find("comparing-take").addEventListener("click", () => this.choose());
    for (const [down, up] of [["pointerdown", "pointerup"], ["touchstart", "touchend"]]) this.holding(down, up);
    this.dialog.addEventListener("keydown", (event) => this.press(event));
    this.dialog.addEventListener("keyup", (event) => event.key === " " && this.hold(false));
    this.dialog.addEventListener("close", () => this.tile?.querySelector(".view").focus());
    const [candidate, present] = this.pair.querySelectorAll("img");
    candidate.addEventListener("error", () => candidate.getAttribute("src") && say(find("pair-state"), text("candidates.not_shown")));
    candidate.addEventListener("load", () => say(find("pair-state"), ""));
    present.addEventListener("error", () => say(find("pair-state"), text("candidates.none_there")));
  }

  holding(down, up) {
    find("comparing-hold").addEventListener(down, () => this.hold(true));
    for (const name of [up, "pointercancel", "pointerleave"]) find("comparing-hold").addEventListener(name, () => this.hold(false));
  }

  open(tile) {
    const { present } = find("candidates").dataset;
    // It may be another one than when the comparison was last open.
    if (present) find("pair-present").src = `${present}?t=${Date.now()}`;
    find("pair-present").hidden = !present;
    this.show(tile);
    if (!this.dialog.open) this.dialog.showModal();
    find("comparing-take").focus();
  }

  show(tile) {
    this.tile = tile;
    say(find("pair-state"), find("pair-present").hidden ? text("candidates.none_there") : text("candidates.loading"));
    find("pair-candidate").src = tile.querySelector(".view").href;
    find("comparing-facts").replaceChildren(...[".known", ".why"].map((part) => tile.querySelector(part).cloneNode(true)));
    find("comparing-facts").firstElementChild.removeAttribute("id");
    this.pair.classList.toggle("wide", find("candidates").classList.contains("wide"));
    this.split();
  }

  split() {
    this.pair.style.setProperty("--split", `${find("pair-split").value}%`);
  }

  hold(isHeld) {
    this.pair.classList.toggle("present", isHeld);
  }

  step(by) {
    const tiles = [...document.querySelectorAll("#offered .candidate:has(.view)")];
    const place = tiles.findIndex((tile) => tile.dataset.address === this.tile.dataset.address);
    const next = tiles[(place + by + tiles.length) % tiles.length];
    if (next) this.show(next);
  }

  choose() {
    const { tile } = this;
    this.dialog.close();
    this.take(tile);
  }

  press(event) {
    if (event.target.matches("[type=range]") && event.key.startsWith("Arrow")) return;
    const does = { ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1), " ": () => this.hold(true), Enter: () => this.choose() }[event.key];
    // Buttons beside the one that takes keep Enter for themselves.
    const isOther = event.key === "Enter" && event.target.matches("button") && event.target.id !== "comparing-take";
    if (!does || isOther) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }
}
