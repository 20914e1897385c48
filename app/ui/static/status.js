// The card that shows what runs, and starts or stops it.

import { element, find, say, show } from "./element.js";
import { atEnd, logLine, toEnd } from "./loglines.js";
import { attempt, hush, patience, tell } from "./notice.js";
import { Pace } from "./pace.js";
import { ask, post } from "./server.js";
import { counted, ending, hasFailed, modeWord, moment, remaining } from "./words.js";

const FULL = ["normal", "scheduled"];
const QUICK = 2000;
const CALM = 10000;
const EAGER = 1000;
const EAGER_FOR = 12000;

export class StatusCard {
  // `changed` gets every answer; `history` knows when a run began and how the last one ended.
  constructor(changed, history, problems) {
    this.changed = changed;
    this.history = history;
    this.problems = problems;
    this.running = false;
    this.lost = false;
    this.eager = 0;
    this.pace = new Pace(() => this.refresh(), () => this.between(), (error) => this.lose(error), CALM);
    find("stop").addEventListener("click", () => this.stop());
    for (const button of document.querySelectorAll("[data-run]")) {
      button.addEventListener("click", () => this.run(button));
    }
    foldAway(find("more"));
  }

  // A run may end within a second: for a while after a click everything is looked at often.
  get isEager() {
    return Date.now() < this.eager;
  }

  between() {
    if (this.isEager) return EAGER;
    return this.running || this.lost ? QUICK : CALM;
  }

  async refresh() {
    this.answer = await ask("api/status");
    const found = this.lost;
    if (found) hush();
    this.lost = false;
    this.tell(this.answer);
    const before = this.running;
    this.running = Boolean(this.answer.running);
    this.changed(this.answer, { turned: this.isEager || before !== this.running, found });
  }

  lose(error) {
    if (error.status === 401) return;
    this.lost = true;
    find("lamp").className = "lamp bad";
    say(find("status-title"), "No answer");
    say(find("status-detail"), `${patience(error)} Trying again …`);
  }

  // The history has news of what was told already.
  retell() {
    if (this.answer && !this.lost) this.tell(this.answer);
  }

  tell(answer) {
    const { lamp, title, detail, told } = this.truth(answer);
    find("lamp").className = `lamp ${lamp}`;
    say(find("status-title"), title);
    say(find("status-detail"), detail);
    this.history.tellAbove(told ?? null);
    // What a failed full run says is also why none is offered.
    find("offer-reason").classList.toggle("told", told !== undefined && FULL.includes(this.history.last().mode));
    document.title = `${answer.running ? "▸ " : ""}Posterizarr Server`;
    this.tellStop(answer);
    tellProgress(answer);
    tellLines(answer.last_logs ?? []);
  }

  // One lamp and one truth: what needs a person is never below "Ready". `told` is the run whose failure is told here.
  truth(answer) {
    const last = this.history.last();
    if (answer.running) {
      return { lamp: "on", title: modeWord(answer.current_mode), detail: underway(answer, this.history.begun(answer.run_id)) };
    }
    if (this.problems.errors) return { lamp: "bad", title: "Needs attention", detail: "Runs may fail until this is mended:" };
    if (!answer.queued && last && hasFailed(last)) {
      const detail = [moment(last.ended_at), last.reason].filter(Boolean).join(" · ");
      return { lamp: "bad", title: ending(last), detail, told: last.id };
    }
    return { lamp: "", title: "Ready", detail: idle(answer, last) };
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
    tell(asked(button.dataset.run, answer));
    this.history.follow(answer.run_id);
    this.eager = Date.now() + EAGER_FOR;
    this.pace.soon();
    this.changed(null, { turned: true });
  }
}

// A menu that closes when the reader turns to something else.
function foldAway(menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

function asked(mode, { queued, position }) {
  if (!queued) return `${modeWord(mode)}: started.`;
  return `${modeWord(mode)}: waiting for ${position > 1 ? `${position} other runs` : "another run"} to end.`;
}

function underway(answer, begun) {
  const since = begun ? `since ${moment(begun)}` : "";
  return [answer.phase ?? "Under way", since, waiting(answer)].filter(Boolean).join(" · ");
}

function waiting(answer) {
  return answer.queued ? `${counted(answer.queued, "run")} waiting` : "";
}

function idle(answer, last) {
  if (answer.queued) return waiting(answer);
  return last ? `Nothing is running. ${ending(last)} ${moment(last.ended_at)}.` : "Nothing is running.";
}

function tellProgress(answer) {
  // Its room is kept, so that nothing moves when a run begins or ends.
  find("progress").classList.toggle("idle", !answer.running);
  const bar = find("bar");
  const share = shareOf(answer);
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
  say(find("progress-text"), progressWords(answer, share));
}

function shareOf({ percent, done, total }) {
  if (typeof percent === "number") return Math.min(1, percent / 100);
  return total ? Math.min(1, (done ?? 0) / total) : null;
}

function progressWords({ done, total, seconds_left: left }, share) {
  const count = total ? `${done ?? 0} of ${total}` : done ? `${done} so far` : "";
  const percent = share === null ? "" : `${Math.floor(share * 100)} %`;
  return [count, percent, typeof left === "number" ? remaining(left) : ""].filter(Boolean).join(" · ");
}

function tellLines(lines) {
  const place = find("last-lines");
  const follow = atEnd(place);
  show(place, lines, () => (lines.length ? lines.map(logLine) : element("li", {}, "No log yet.")));
  if (follow) toEnd(place);
}

export class ProblemList {
  // `changed` is called after each answer.
  constructor(changed) {
    this.changed = changed;
    this.errors = 0;
    this.pace = new Pace(() => this.refresh(), () => 30000);
  }

  async refresh() {
    const answer = await ask("health");
    // A warning at the head of the page says the same in the same words.
    const said = document.querySelector(".warning")?.textContent ?? "";
    const problems = (answer.problems ?? []).filter(({ message }) => !said.includes(message));
    find("problems").hidden = problems.length === 0;
    show(find("problems"), problems, () => problems.map(problem));
    this.errors = problems.filter(({ type }) => type === "error").length;
    this.changed();
  }
}

function problem({ type, message, advice }) {
  return element("li", { class: type }, element("strong", {}, message), advice ? element("span", {}, advice) : null);
}
