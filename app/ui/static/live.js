// Parts of a page that are fetched anew, as the server renders them, when something has happened.

import { find } from "./element.js";
import { Events } from "./events.js";
import { showTimes } from "./frame.js";
import { sayLost } from "./lost-notice.js";
import { text } from "./texts.js";
import { duration } from "./words.js";

const SOON = 250;
const LATER = 3000;
const PATIENCE = 20000;
// How old the parts of a page may be that no event is about, such as the log of a run that goes on.
const OLDEST = 10000;
// No event is about what only the clock changes, such as the time of the next run.
const MINUTE = 60000;

// `drawn` is called for each part before it is shown, `gone` when the page itself is not there any more; `matters` says
// whether an event concerns the page. `also` are kinds of events beside those of runs, `often` such kinds that may come by the hundred.
// `every` are the milliseconds after which all is fetched without an event, too.
export class LivePage {
  constructor({ drawn = () => null, matters = () => true, gone = () => this.mark(this.events.news), also = [], often = [], every = MINUTE }) {
    Object.assign(this, { drawn, matters, gone, often, fetched: Date.now() });
    this.events = new Events({ also: [...also, ...often], heard: (kind, fields) => this.take(kind, fields), lost: (since) => this.mark(since), back: () => this.soon() });
    document.addEventListener("welcome", () => this.events.connect());
    setInterval(() => document.hidden || this.events.isLost || this.soon(), every);
  }

  take(kind, fields) {
    if (this.often.includes(kind)) return this.later();
    if (!this.matters(kind, fields)) return;
    const shown = kind === "run_progress" && document.querySelector(`.moving[data-run="${fields.id}"]`);
    if (shown) progress(shown, fields);
    if (!shown || Date.now() - this.fetched > OLDEST) this.soon();
  }

  // Events that never cease must not put it off for ever.
  soon() {
    this.timer ??= setTimeout(() => this.refresh(), SOON);
  }

  later() {
    this.waiting ??= setTimeout(() => this.refresh(), LATER);
  }

  async refresh() {
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    this.timer = this.waiting = undefined;
    this.fetched = Date.now();
    const own = location.href;
    const answer = await fetch(own, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
    // What was asked for is shown no more.
    if (own !== location.href) return this.soon();
    if (answer?.status === 404) return this.gone();
    if (!answer?.ok) return this.mark(this.events.news);
    if (answer.redirected) return document.dispatchEvent(new CustomEvent("unwelcome"));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) this.replace(part, fresh.getElementById(part.id));
    this.unmark();
  }

  // A part in which a person is choosing stays until that is done; one that is the same is not touched.
  replace(part, other) {
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    if (!other || part.dataset.busy || focused?.matches("select, input, textarea")) return;
    showTimes(other);
    this.drawn(other);
    if (isSame(part.childNodes, other.childNodes)) return;
    keepEqual(part, other);
    const way = focused?.getAttribute("href");
    part.replaceChildren(...other.childNodes);
    if (focused) (document.getElementById(focused.id) ?? (way && part.querySelector(`[href="${CSS.escape(way)}"]`)) ?? find("main")).focus();
  }

  mark(since) {
    if (document.hidden) return;
    sayLost(since);
    for (const part of document.querySelectorAll("[data-live]")) part.classList.add("old");
  }

  unmark() {
    if (this.events.isLost) return;
    find("lost").hidden = true;
    for (const part of document.querySelectorAll(".old")) part.classList.remove("old");
  }
}

const isSame = (some, others) => some.length === others.length && [...some].every((node, place) => node.isEqualNode(others[place]));

// What is the same stays the very element, so that its picture is not loaded again.
function keepEqual(part, other) {
  for (const fresh of other.querySelectorAll("[data-key]")) {
    const shown = part.querySelector(`[data-key="${CSS.escape(fresh.dataset.key)}"]`);
    if (shown?.isEqualNode(fresh)) fresh.replaceWith(shown);
  }
}

function progress(place, { phase, done, total, seconds_left: left, counts }) {
  const number = (value) => value.toLocaleString(document.documentElement.lang);
  const put = (part, words) => {
    place.querySelector(`[data-part=${part}]`).textContent = words;
  };
  const bar = place.querySelector("progress");
  if (total) Object.assign(bar, { max: total, value: done ?? 0 });
  else bar.removeAttribute("value");
  put("phase", phase ?? "");
  put("done", total ? `${number(done ?? 0)} / ${number(total)}` : "");
  put("left", left ? text("run.left", { time: duration(left) }) : "");
  put("images", number(counts?.images ?? 0));
  put("errors", number(counts?.errors ?? 0));
}
