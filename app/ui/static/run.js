// The page of one run: kept up to date, stopped, taken back, or begun as it was planned.

import { enable, find } from "./element.js";
import { decide } from "./frame.js";
import { LivePage } from "./live.js";
import { attempt, tell } from "./notice.js";
import { stopOnPress } from "./run-stop.js";
import { address, post, remove } from "./server.js";
import { text } from "./texts.js";

const own = Number(find("said").dataset.number);
async function follow(request) {
  const answer = await attempt(request);
  if (answer) location.assign(address(`server/runs/${answer.run_id}`));
}

function isConfirmed(title, go) {
  find("confirming-title").textContent = title;
  find("confirming-go").textContent = go;
  return decide(find("confirming"));
}

async function undo(number) {
  if (await isConfirmed(text("run.undo_which", { number }), text("run.undo"))) await follow(() => post(`api/runs/${number}/undo`, {}));
}

async function begin(mode, button) {
  const name = button.textContent.replace(/^[^:]*: /, "");
  if (await isConfirmed(text("run.begin_which", { name }), text("run.begin"))) await follow(() => post(`api/run/${mode}`, {}));
}

async function cancel(number) {
  if (await attempt(() => remove(`api/runs/${number}`))) tell(text("run.cancelled"));
}

function press({ target }) {
  const button = target.closest?.("button");
  const { planUndo, undo: undone, begin: mode, cancel: waiting } = button?.dataset ?? {};
  if (planUndo) follow(() => post(`api/runs/${planUndo}/undo`, { plan: true }));
  if (undone) undo(undone);
  if (mode) begin(mode, button);
  if (waiting) cancel(waiting);
}

document.addEventListener("click", press);
stopOnPress();
enable(document);
new LivePage({ drawn: enable, matters: (kind, { id }) => kind === "reset" || kind === "run_ended" || id === own });
