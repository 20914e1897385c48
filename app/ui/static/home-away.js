// What changed while a person was away is taken back: all that a run did, one picture, or what others put over ours.

import { FollowedRuns } from "./followed-runs.js";
import { attempt } from "./notice.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const encoded = (path) => path.split("/").map(encodeURIComponent).join("/");

// Each answers [the order, what is said at once, what is said in the end].
const ORDERS = {
  undo: ({ undo: number }) => [() => post(`api/runs/${number}/undo`, {}), text("home.away.undoing", { number }), text("home.away.undone", { number })],
  back: ({ back, version }) => [() => post(`api/assets/${encoded(back)}/versions`, { version }), text("home.away.restoring"), text("home.away.restored")],
  ours: ({ ours }) => [() => post("api/attention/retry", { assets: [ours] }), text("home.away.sending"), text("home.away.sent")],
};

export class AwayChanges {
  // `changed` is called when something was taken back.
  constructor(changed) {
    // The run that each button waits for; null until the server has answered.
    this.waiting = new Map();
    this.runs = new FollowedRuns((run) => this.end(run, changed));
    document.addEventListener("click", ({ target }) => this.press(target.closest?.("#away button")));
    document.addEventListener("taken-back", changed);
  }

  async press(button) {
    const name = button && Object.keys(ORDERS).find((each) => each in button.dataset);
    if (!name) return;
    const key = keyOf(button);
    this.waiting.set(key, null);
    hold(button);
    const [order, now, done] = ORDERS[name](button.dataset);
    const answer = await attempt(order);
    if (!answer) return this.release(key);
    this.waiting.set(key, answer.run_id);
    this.runs.follow(answer.run_id, now, done);
  }

  // A part that was fetched anew keeps the buttons that wait.
  drawn(place) {
    for (const button of place.querySelectorAll(".away button, .away-runs button")) if (this.waiting.has(keyOf(button))) hold(button);
  }

  heard(kind, fields) {
    this.runs.heard(kind, fields);
  }

  end(run, changed) {
    for (const [key, awaited] of this.waiting) if (awaited === run) this.release(key);
    changed();
  }

  release(key) {
    this.waiting.delete(key);
    const button = [...document.querySelectorAll("#away [aria-busy]")].find((each) => keyOf(each) === key);
    button?.removeAttribute("aria-busy");
    if (button) button.disabled = false;
  }
}

const keyOf = (button) => JSON.stringify({ ...button.dataset });

function hold(button) {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
}
