// The pictures with the same fault, each drawn with the correction, to be ticked and corrected by one run.

import { find, say } from "./element.js";
import { LivePreview } from "./live-preview.js";
import { attempt } from "./notice.js";
import { post } from "./server.js";
import { text } from "./texts.js";

// So many are drawn at once; the engine draws one after the other.
const AT_ONCE = 2;
const NEAR = "400px";

export class AlikePictures {
  // `follow` gets the run of a correction, and the sentences for now and for its end.
  constructor(kind, follow) {
    Object.assign(this, { kind, follow, waiting: [], drawing: 0 });
    document.addEventListener("change", ({ target }) => target.closest?.("#alike") && this.count());
    document.addEventListener("click", ({ target }) => this.press(target.closest?.("#alike-all, #alike-none")));
    document.addEventListener("submit", (event) => event.target.id === "alike-form" && this.take(event));
    this.begin();
  }

  begin() {
    this.seen?.disconnect();
    this.waiting = [];
    this.seen = new IntersectionObserver((entries) => this.show(entries), { rootMargin: NEAR });
    for (const tile of this.tiles) this.seen.observe(tile);
    for (const control of document.querySelectorAll("#alike :is(button, input)")) control.disabled = false;
    this.count();
  }

  get tiles() {
    return [...document.querySelectorAll("#alike li[data-asset]")];
  }

  get ticked() {
    return this.tiles.filter((tile) => tile.querySelector("input").checked);
  }

  count() {
    if (!find("alike-form")) return;
    const [count, total] = [this.ticked.length, this.tiles.length];
    say(find("alike-count"), text("alike.count", { count, total }));
    find("alike-take").disabled = !count;
  }

  press(button) {
    if (!button) return;
    for (const tile of this.tiles) tile.querySelector("input").checked = button.id === "alike-all";
    this.count();
  }

  show(entries) {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.seen.unobserve(target);
      this.waiting.push(target);
    }
    this.next();
  }

  next() {
    while (this.drawing < AT_ONCE && this.waiting.length) this.draw(this.waiting.shift());
  }

  async draw(tile) {
    this.drawing += 1;
    const { asset, correct } = tile.dataset;
    const body = () => ({ kind: this.kind, asset, correct: JSON.parse(correct) });
    const after = tile.querySelector(".after");
    await new LivePreview(after, body, { words: tile.querySelector(".words") }).draw();
    if (after.src) after.alt = after.dataset.alt;
    this.drawing -= 1;
    this.next();
  }

  async take(event) {
    event.preventDefault();
    const corrections = this.ticked.map(({ dataset }) => ({ asset: dataset.asset, ...JSON.parse(dataset.correct) }));
    find("alike-take").disabled = true;
    const answer = await attempt(() => post("api/corrections", { corrections }));
    if (!answer) return this.count();
    const count = corrections.length;
    const done = count === 1 ? text("alike.done.one") : text("alike.done", { count });
    this.follow(answer.run_id, answer.queued ? text("correct.queued") : text("alike.drawing", { count }), done);
  }

  // What was ticked stays while the list is the same.
  async renew() {
    const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("alike");
    const shown = find("alike");
    if (!fresh || fresh.dataset.state === shown.dataset.state) return this.count();
    const hasFocus = shown.contains(document.activeElement);
    shown.replaceWith(document.adoptNode(fresh));
    this.begin();
    if (hasFocus) find("alike-title").focus();
  }
}
