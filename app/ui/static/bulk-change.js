// Changing many pictures: first what would change, with pictures before and after; then one run, which one press takes back.

import { element, find } from "./element.js";
import { decide } from "./frame.js";
import { remember } from "./last-change.js";
import { attempt, tell } from "./notice.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";

// Thousands of files take their time.
const PATIENCE = 30 * 60 * 1000;
const WIDTH = 320;
const REDRAW = "redraw";
const addressOf = (action) => (action === REDRAW ? "api/assets/bulk-redraw" : "api/assets/bulk-edit");
const number = (value) => value.toLocaleString(document.documentElement.lang);

export class BulkChange {
  // `done` is called after a change.
  constructor(done) {
    this.done = done;
  }

  // `names` are those of the selection, the button says what is to be done.
  async ask(button, names) {
    const { action } = button.dataset;
    const order = action === REDRAW ? names : { action, ...names };
    button.setAttribute("aria-busy", "true");
    const plan = await attempt(() => post(addressOf(action), { ...order, dry_run: true }, PATIENCE));
    button.removeAttribute("aria-busy");
    if (!plan) return;
    this.show(plan, button);
    if ((await decide(find("changing"))) === "do") this.change(action, order, plan.count);
  }

  show({ action, count, skipped, sample }, button) {
    find("changing-title").textContent = text("library.change_which", { action: button.textContent, count: number(count) });
    find("changing-means").textContent = button.dataset.means;
    find("changing-skipped").replaceChildren(...skipped.map(leftOut));
    find("changing-sample").replaceChildren(...sample.map((picture) => pair(picture, action)));
    find("changing-more").textContent = count > sample.length ? text("library.more", { count: number(count - sample.length) }) : "";
    find("changing-do").textContent = button.textContent;
    find("changing-do").disabled = count === 0;
  }

  async change(action, order, expected) {
    tell(text("library.changing"));
    const found = await attempt(() => post(addressOf(action), { ...order, expected }, PATIENCE));
    if (!found) return null;
    await this.done();
    if (action === REDRAW) return drawing(found);
    const { run_id: run, count, failed } = found;
    const words = failed.length
      ? text("library.changed_in_part", { count: number(count), failed: number(failed.length), why: failed[0].error })
      : text("library.changed", { count: number(count) });
    const tone = failed.length ? "bad" : "good";
    if (run) remember(words, { run }, tone);
    else tell(words, tone);
    return null;
  }
}

// The page of the run follows it, and takes it back.
function drawing({ run_id: run, count }) {
  tell(text("library.drawing", { count: number(count) }));
  if (run) find("notice-text").append(" ", element("a", { href: address(`server/runs/${run}`) }, text("frame.run", { number: run })));
}

const skippedWord = (code) =>
  ({ excepted: text("library.skipped.excepted"), held: text("library.skipped.held"), not_held: text("library.skipped.not_held") })[code];
const afterWord = (action) =>
  ({ delete: text("library.after.delete"), hold: text("library.after.hold"), redraw: text("library.after.redraw"), release: text("library.after.release") })[action];
const leftOut = ({ code, count }) => element("li", {}, text("library.left_out", { count: number(count), why: skippedWord(code) }));

// The picture as it is and as it will be, which a word says, too.
function pair(picture, action) {
  const after = element("span", { class: `after ${action}` }, action === "delete" ? null : thumbnail(picture), element("small", {}, afterWord(action)));
  return element("li", {}, thumbnail(picture), element("span", { "aria-hidden": "true" }, "→"), after, element("b", {}, picture.title));
}

function thumbnail({ thumbnail_url: way, color }) {
  const image = element("img", { src: address(`${way}&width=${WIDTH}`).href, alt: "", width: 60, height: 90, loading: "lazy" });
  if (color) image.style.background = color;
  image.addEventListener("load", () => image.style.removeProperty("background"), { once: true });
  return image;
}
