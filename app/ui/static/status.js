// The card that tells what runs, and starts or stops it.

import { element, find, say, show } from "./element.js";
import { atEnd, logLine, toEnd } from "./loglines.js";
import { attempt, patience, tell } from "./notice.js";
import { Pace } from "./pace.js";
import { ask, post } from "./server.js";
import { counted, duration, modeWord, moment, remaining } from "./words.js";

const QUICK = 2000;
const CALM = 10000;
const EAGER = 20000;

export class StatusCard {
  constructor(changed) {
    this.changed = changed;
    this.running = false;
    this.eager = 0;
    this.pace = new Pace(() => this.refresh(), () => (this.running || Date.now() < this.eager ? QUICK : CALM));
    find("stop").addEventListener("click", () => this.stop());
    for (const button of document.querySelectorAll("[data-run]")) {
      button.addEventListener("click", () => this.run(button));
    }
  }

  async refresh() {
    const answer = await ask("api/status").catch((error) => this.lost(error));
    this.tell(answer);
    const before = this.running;
    this.running = Boolean(answer.running);
    this.changed(answer, before !== this.running);
  }

  lost(error) {
    if (error.status === 401) throw error;
    find("lamp").className = "lamp bad";
    say(find("status-title"), "No answer");
    say(find("status-detail"), `${patience(error)} Trying again …`);
    throw error;
  }

  tell(answer) {
    const run = answer.run ?? {};
    find("lamp").className = answer.running ? "lamp on" : "lamp";
    say(find("status-title"), answer.running ? modeWord(answer.current_mode) : "Ready");
    say(find("status-detail"), answer.running ? underway(answer, run) : idle(answer));
    document.title = `${answer.running ? "▸ " : ""}Posterizarr Server`;
    this.tellStop(answer);
    tellProgress(answer, run);
    tellLines(answer.last_logs ?? []);
  }

  tellStop(answer) {
    const button = find("stop");
    button.hidden = !answer.running;
    if (!answer.running) this.stopping = false;
    button.disabled = Boolean(this.stopping);
    say(button, this.stopping ? "Stopping …" : "Stop");
  }

  async stop() {
    this.stopping = true;
    find("stop").disabled = true;
    const answer = await attempt(() => post("api/stop"));
    if (answer) tell(answer.message, answer.success === false ? "bad" : "good");
    else this.stopping = false;
    this.pace.soon();
  }

  async run(button) {
    button.disabled = true;
    find("more").open = false;
    const answer = await attempt(() => post(`api/run/${button.dataset.run}`));
    button.disabled = false;
    if (!answer) return;
    tell(answer.message, answer.success === false ? "bad" : "good");
    this.eager = Date.now() + EAGER;
    this.pace.soon();
    this.changed(null, true);
  }
}

function underway(answer, run) {
  const since = answer.start_time ? `since ${moment(answer.start_time)}` : "just started";
  return [run.phase, since, waiting(answer)].filter(Boolean).join(" · ");
}

function waiting(answer) {
  return answer.queued ? `${counted(answer.queued, "run")} waiting` : "";
}

function idle(answer) {
  if (answer.script_exists === false) return "The poster script is missing; runs cannot start.";
  return waiting(answer) || "Nothing is running.";
}

function tellProgress(answer, run) {
  find("progress").hidden = !answer.running;
  const bar = find("bar");
  const share = shareOf(run);
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
  say(find("progress-text"), progressWords(run, share));
}

function shareOf(run) {
  if (typeof run.percent === "number") return Math.min(1, run.percent / 100);
  return run.total ? Math.min(1, (run.done ?? 0) / run.total) : null;
}

function progressWords(run, share) {
  const done = run.total ? `${run.done ?? 0} of ${run.total}` : run.done ? counted(run.done, "image") : "";
  const percent = share === null ? "" : `${Math.floor(share * 100)} %`;
  const left = typeof run.seconds_left === "number" ? remaining(run.seconds_left) : "";
  const quiet = run.quiet_since ? `no new log line for ${duration((Date.now() - new Date(run.quiet_since)) / 1000)}` : "";
  return [done, percent, left, quiet].filter(Boolean).join(" · ");
}

function tellLines(lines) {
  const place = find("last-lines");
  const follow = atEnd(place);
  find("lines").hidden = lines.length === 0;
  show(place, lines, () => lines.map(logLine));
  if (follow) toEnd(place);
}

export class ProblemList {
  constructor() {
    this.pace = new Pace(() => this.refresh(), () => 30000);
  }

  async refresh() {
    const answer = await ask("health");
    const problems = answer.problems ?? [];
    find("problems").hidden = problems.length === 0;
    show(find("problems"), problems, () => problems.map(problem));
  }
}

function problem({ message, advice }) {
  return element("li", {}, element("strong", {}, message), advice ? element("span", {}, advice) : null);
}
