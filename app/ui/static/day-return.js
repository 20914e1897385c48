// Going back to a day: first what would be done, with pictures before and after; then one run, which one press takes back.

import { element, find } from "./element.js";
import { FollowedRuns } from "./followed-runs.js";
import { decide } from "./frame.js";
import { attempt } from "./notice.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";

// A whole library takes its time.
const PATIENCE = 10 * 60 * 1000;
const NAMED = 5;
const number = (value) => value.toLocaleString(document.documentElement.lang);

export class DayReturn extends FollowedRuns {
  // `day` answers the day's name for the server, `name` that for people.
  constructor({ day, name, changed }) {
    super(changed);
    Object.assign(this, { day, name });
    find("keep-by-hand").addEventListener("change", () => this.show());
  }

  async ask(button, names) {
    this.names = names;
    find("keep-by-hand").checked = false;
    button.setAttribute("aria-busy", "true");
    const plan = await this.show();
    button.removeAttribute("aria-busy");
    if (!plan) return;
    if ((await decide(find("going-back"))) === "do") this.go();
  }

  order(more) {
    return post(`api/days/${encodeURIComponent(this.day())}/restore`, { ...this.names, keep_by_hand: find("keep-by-hand").checked, ...more }, PATIENCE);
  }

  async show() {
    find("going-back-do").disabled = true;
    const plan = await attempt(() => this.order({ dry_run: true }));
    if (!plan) return null;
    this.plan = plan;
    const { count, removed, left, sample } = plan;
    find("going-back-title").textContent = text("days.which", { day: this.name(), count: number(count) });
    find("going-back-means").textContent = [count ? text("days.means") : text("days.nothing"), removed ? text("days.means.removed", { removed: number(removed) }) : ""].join(" ");
    find("going-back-left").replaceChildren(...Object.entries(left).map(([why, many]) => element("li", {}, leftWord(why, number(many)))));
    this.showHand(plan);
    find("going-back-sample").replaceChildren(...sample.map(pair));
    find("going-back-more").textContent = count > sample.length ? text("days.more", { count: number(count - sample.length) }) : "";
    find("going-back-do").disabled = !count;
    return plan;
  }

  // What a person chose since is named before it is replaced.
  showHand({ by_hand: many, by_hand_paths: paths, left }) {
    find("going-back-hand").hidden = !many && !left.by_hand;
    find("hand-means").textContent = many ? text("days.hand", { count: number(many) }) : "";
    const more = many > NAMED ? [element("li", {}, text("days.hand.more", { count: number(many - NAMED) }))] : [];
    find("hand-paths").replaceChildren(...paths.slice(0, NAMED).map((path) => element("li", {}, path)), ...more);
  }

  async go() {
    const answer = await attempt(() => this.order({ expected_count: this.plan.count }));
    if (answer) this.follow(answer.run_id, answer.queued ? text("days.waits") : text("days.going"), text("days.done"));
  }
}

const leftWord = (why, count) =>
  ({
    touched: text("days.left.touched", { count }),
    no_bytes: text("days.left.no_bytes", { count }),
    given_up: text("days.left.given_up", { count }),
    by_hand: text("days.left.by_hand", { count }),
  })[why];

// The picture as it is, and as it will be.
function pair({ title, then_url: then, now_url: now }) {
  const before = element("span", {}, image(now && `api/thumbnail?${new URLSearchParams({ path: now, width: 320 })}`), element("small", {}, text("days.now")));
  const after = element("span", {}, image(then && `${then}?width=320`), element("small", {}, then ? text("days.then") : text("days.removed")));
  return element("li", {}, before, element("span", { "aria-hidden": "true" }, "→"), after, element("b", {}, title));
}

const image = (way) => (way ? element("img", { src: address(way), alt: "", loading: "lazy", width: 120, height: 180 }) : null);
