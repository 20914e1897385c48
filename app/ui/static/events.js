// What happens on the server, and whether this page still hears of it.

import { address } from "./server.js";

// Together less than five seconds, after which a person knows that figures are old.
const LOOK = 1000;
const QUIET = 1500;
const PATIENCE = 2000;
const AGAIN = 5000;
const RUNS = ["reset", "run_queued", "run_started", "run_ended", "run_removed"];

// `heard` gets (kind, fields) of events of runs and of the kinds that are `also` wanted, `lost` is called when the server is silent, `back` when it answers again.
export class Events {
  constructor({ heard, lost, back, also = [] }) {
    Object.assign(this, { heard, lost, back, also, isLost: false, news: Date.now() });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.rest() : this.connect()));
    addEventListener("pagehide", () => this.rest());
    addEventListener("pageshow", (event) => event.persisted && this.connect());
    addEventListener("offline", () => this.lose());
    this.connect();
  }

  // A page that nobody looks at holds no connection: browsers have six of them for a server.
  rest() {
    this.source?.close();
    clearInterval(this.watch);
    clearTimeout(this.later);
  }

  connect() {
    this.rest();
    this.news = this.begun = Date.now();
    this.source = new EventSource(address("api/events"));
    this.source.addEventListener("connected", () => this.found());
    this.source.addEventListener("ping", () => this.note());
    this.source.addEventListener("error", () => this.broken());
    for (const kind of [...RUNS, "run_progress", ...this.also]) this.source.addEventListener(kind, (event) => this.take(kind, event));
    this.watch = setInterval(() => this.look(), LOOK);
  }

  take(kind, event) {
    if (this.isLost) this.found();
    this.note();
    this.heard(kind, JSON.parse(event.data));
  }

  note() {
    this.news = Date.now();
  }

  // Changes since the page was made are no events, so that it is loaded again on each connection.
  found() {
    this.note();
    this.isLost = false;
    this.back();
  }

  broken() {
    this.lose();
    if (this.source.readyState === EventSource.CLOSED) this.later = setTimeout(() => this.connect(), AGAIN);
  }

  lose() {
    if (this.isLost || document.hidden) return;
    this.isLost = true;
    this.lost(this.news);
  }

  // A stream may be silent for 15 seconds; a network that is gone is silent, too, and its stream may never end.
  // So may one that is being opened.
  async look() {
    const { readyState } = this.source;
    if (readyState === EventSource.CLOSED || this.isLooking || Date.now() - this.news < QUIET) return;
    this.isLooking = true;
    const signal = AbortSignal.timeout(PATIENCE);
    const answers = await fetch(address("ui/icon.svg"), { method: "HEAD", cache: "no-store", signal }).then(() => true, () => false);
    this.isLooking = false;
    if (!answers) this.lose();
    else if (this.isLost && (readyState === EventSource.OPEN || Date.now() - this.begun > AGAIN)) this.connect();
    else this.note();
  }
}
