// The runs of the past and those that wait.

import { element, excuse, find, show } from "./element.js";
import { attempt, tell } from "./notice.js";
import { can } from "./offers.js";
import { Pace } from "./pace.js";
import { ask, remove } from "./server.js";
import { isUndoable, undoneWords } from "./undo.js";
import { ORIGINS, STATUSES, counted, duration, ending, hasFailed, modeWord, moment } from "./words.js";

const SHORT = 8;

export class History {
  // `changed` is called when there may be news, `undo` for a run that a person wants to take back.
  constructor(changed, undo) {
    this.changed = changed;
    this.undo = undo;
    this.all = false;
    this.runs = [];
    this.followed = new Set();
    this.above = null;
    this.pace = new Pace(() => this.refresh(), () => (this.runs.some(isOpen) ? 5000 : 30000), (error) => excuse(find("history"), error));
  }

  async refresh() {
    const answer = await ask("api/runs?limit=20");
    this.runs = answer.runs ?? [];
    this.draw();
    this.announce();
    this.changed();
  }

  follow(id) {
    this.followed.add(id);
  }

  // The run whose failure the status card shows: it is told once on the page.
  tellAbove(id) {
    if (this.above === id) return;
    this.above = id;
    this.draw();
  }

  // Runs that this page asked for are announced as they end well; the status card shows the others.
  announce() {
    for (const run of this.runs.filter(({ id, status }) => this.followed.has(id) && ENDED.includes(status))) {
      this.followed.delete(run.id);
      if (run.status === "completed" && !hasFailed(run)) tell(outcome(run));
    }
  }

  last() {
    return this.runs.find(({ status, ended_at: ended }) => ended && status !== "skipped");
  }

  begun(id) {
    return this.runs.find((run) => run.id === id)?.started_at;
  }

  draw() {
    const shown = this.all ? this.runs : this.runs.slice(0, SHORT);
    const more = this.runs.length - shown.length;
    show(find("history"), { shown, more, above: this.above, undo: can.undo }, () => this.build(shown, more));
  }

  build(shown, more) {
    if (!shown.length) return element("p", { class: "empty" }, "No run yet. The first one will stand here.");
    const rows = element("ol", { class: "runs" }, shown.map((run) => this.row(run)));
    return [rows, more ? this.moreButton(more) : null];
  }

  moreButton(more) {
    const click = () => {
      this.all = true;
      this.draw();
    };
    return element("button", { type: "button", class: "quiet", "data-key": "more", click }, `Show ${more} more`);
  }

  row(run) {
    return element(
      "li",
      { class: run.status },
      element("div", {}, element("strong", {}, modeWord(run.mode)), badge(run.status)),
      element("small", {}, facts(run)),
      run.status === "queued" ? this.cancelButton(run) : null,
      isUndoable(run) ? this.undoButton(run) : null,
      tellsReason(run) && run.id !== this.above ? element("p", { class: "reason" }, run.reason) : null,
    );
  }

  cancelButton(run) {
    const click = () => this.cancel(run);
    const label = `Cancel ${modeWord(run.mode)}`;
    return element("button", { type: "button", "aria-label": label, "data-key": `cancel-${run.id}`, click }, "Cancel");
  }

  undoButton(run) {
    const label = `Undo ${modeWord(run.mode)}, run ${run.id}`;
    const click = () => this.undo(run);
    return element("button", { type: "button", class: "quiet", "aria-label": label, "data-key": `undo-${run.id}`, click }, "Undo …");
  }

  async cancel(run) {
    const answer = await attempt(() => remove(`api/runs/${run.id}`));
    if (answer) tell(answer.message ?? "The waiting run is cancelled.");
    this.pace.soon();
  }
}

const tellsReason = (run) => run.reason && (run.status !== "completed" || run.errors > 0 || run.reason.startsWith("the message about"));

const ENDED = ["completed", "failed", "interrupted", "stopped", "skipped"];

const isOpen = (run) => run.status === "queued" || run.status === "running";

function outcome(run) {
  const made = [images(run), took(run)].filter(Boolean).join(" in ");
  return made ? `${ending(run)}: ${made}.` : `${ending(run)}.`;
}

function badge(status) {
  const { word, sign } = STATUSES[status] ?? { word: status, sign: "·" };
  return element("span", { class: `badge ${status}` }, element("span", { "aria-hidden": "true" }, sign), ` ${word}`);
}

function facts(run) {
  const begun = run.started_at ?? run.queued_at;
  const parts = [begun && moment(begun), ORIGINS[run.origin], took(run), images(run), errors(run), undoneWords(run)];
  return parts.filter(Boolean).join(" · ");
}

function took(run) {
  if (!run.started_at || !run.ended_at) return "";
  return duration((new Date(run.ended_at) - new Date(run.started_at)) / 1000);
}

const images = (run) => (run.total_images ? counted(run.total_images, "image") : "");
const errors = (run) => (run.errors ? counted(run.errors, "error") : "");
