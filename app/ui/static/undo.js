// Taking back a run: first what that would do, then the run that does it.

import { element, find, say } from "./element.js";
import { attempt, tell } from "./notice.js";
import { ask, post } from "./server.js";
import { can } from "./offers.js";
import { counted, modeWord } from "./words.js";

const MOST_SHOWN = 100;
const PATIENCE = 120000;
const WORDS = { restore: "put back", delete: "removed", skip: "left alone", upload: "uploaded", replace: "replaced", create: "made" };
const ENDED = ["completed", "failed", "stopped", "interrupted", "skipped"];

// Only what may have changed artwork and was not taken back as a whole.
export function isUndoable(run) {
  if (!can.undo || run.status === "queued" || run.status === "running") return false;
  if (run.undone_by && !run.undone_in_part) return false;
  return Boolean(run.changed_artwork);
}

export function undoneWords(run) {
  if (run.undoes !== null) return `takes back run ${run.undoes}`;
  if (!run.undone_by) return "";
  return run.undone_in_part ? `taken back in part by run ${run.undone_by}` : `taken back by run ${run.undone_by}`;
}

export class UndoDialog {
  // `queued` gets the id of the run that takes another one back.
  constructor(queued) {
    this.queued = queued;
    this.dialog = find("undo");
    find("undo-do").addEventListener("click", () => this.undo());
  }

  async open(run) {
    this.run = run;
    find("undo-name").textContent = `Take back run ${run.id} (${modeWord(run.mode)})?`;
    say(find("undo-totals"), "Finding out what that would do …");
    find("undo-steps").replaceChildren();
    find("undo-do").disabled = true;
    this.dialog.showModal();
    const planned = await attempt(() => this.plan(run));
    if (this.run !== run || !this.dialog.open) return;
    if (planned) this.show(planned);
    else this.dialog.close();
  }

  async plan(run) {
    const { run_id: id } = await post(`api/runs/${run.id}/undo`, { plan: true });
    const begun = Date.now();
    while (this.run === run && this.dialog.open) {
      const { run: found } = await ask(`api/runs/${id}`);
      if (ENDED.includes(found.status)) return this.read(found);
      say(find("undo-totals"), waitingFor(found, Date.now() - begun > PATIENCE));
      await new Promise((later) => setTimeout(later, 700));
    }
    return null;
  }

  async read(found) {
    if (found.status !== "completed") return { totals: {}, steps: [], reason: found.reason ?? `The plan ${found.status}.` };
    return ask(`api/runs/${found.id}/plan?limit=${MOST_SHOWN}`);
  }

  show({ totals, steps, total, reason }) {
    const parts = Object.entries(totals ?? {}).map(([action, amount]) => `${counted(amount, "picture")} ${WORDS[action] ?? action}`);
    say(find("undo-totals"), reason ?? (parts.join(", ") || "There is nothing to take back."));
    const more = total > steps.length ? element("li", {}, `and ${total - steps.length} more`) : null;
    find("undo-steps").replaceChildren(...steps.map(step), ...(more ? [more] : []));
    find("undo-do").disabled = !Object.keys(totals ?? {}).some((action) => action !== "skip");
  }

  async undo() {
    find("undo-do").disabled = true;
    const answer = await attempt(() => post(`api/runs/${this.run.id}/undo`));
    this.dialog.close();
    if (!answer) return;
    tell(answer.queued ? "The undo waits for another run to end." : "The run is being taken back.");
    this.queued(answer.run_id);
  }
}

// Large runs take long, and so may the run that comes first: a person may wait, or close the dialog.
function waitingFor({ id, status }, isLong) {
  const present = status === "queued" ? "Waiting for another run to end …" : "Finding out what that would do …";
  return isLong ? `${present} This takes long. It goes on as run ${id} if you close this; nothing is changed by it.` : present;
}

function step({ action, path, why }) {
  return element("li", {}, element("strong", {}, `${WORDS[action] ?? action}: `), path, element("small", {}, ` (${why})`));
}
