// Putting a picture in the place of an asset, drawn or as it is, and taking that back.

import { remember } from "./last-change.js";
import { find } from "./element.js";
import { attempt, tell } from "./notice.js";
import { reasonParts } from "./run-reason.js";
import { ask, post, remove } from "./server.js";
import { text, textParts } from "./texts.js";

// A download may take half a minute, and so may the edit.
const PATIENCE = 90000;
const LOOK = 800;
const LONGEST = 180000;
const ENDED = ["completed", "failed", "stopped", "interrupted", "skipped"];
const WITH_TEXT = "text";

// The query of a request to replace; `lettered` says whether the picture shows its title.
export function replacing(section, lettered) {
  const { skips_text: skips, ...order } = JSON.parse(section.dataset.order);
  const how = section.querySelector("[name=how]:checked")?.value ?? "drawn";
  const fields = { ...order, asset_path: section.dataset.asset };
  if (section.querySelector("#to-queue")?.checked) fields.add_to_queue = true;
  if (how !== "as_is") fields.process_with_overlays = true;
  if (how === "untitled" || (how === "drawn" && skips && lettered === WITH_TEXT)) fields.poster_with_text = true;
  return fields;
}

const query = (fields) => new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== "" && value !== null));

// Put the picture at that address in the place of the asset; answers whether the server took it, as does `takeFile`.
export function takeAddress(fields, image) {
  return take(fields, () => post(`api/assets/replace-from-url?${query({ ...fields, image_url: image })}`, undefined, PATIENCE));
}

export function takeFile(fields, file) {
  const body = new FormData();
  body.append("file", file, file.name || "picture");
  return take(fields, () => post(`api/assets/upload-replacement?${query(fields)}`, body, PATIENCE));
}

async function take(fields, request) {
  tell(text("candidates.taking"));
  const outcome = await attempt(request);
  if (!outcome) return false;
  if (fields.add_to_queue) wait(outcome.queue_id);
  else if (outcome.queued) tell(text("candidates.in_queue"));
  else if (outcome.manual_run_triggered) follow(outcome.run_id);
  else remember(text("candidates.put"), { run: outcome.run_id });
  return true;
}

function wait(item) {
  count(1);
  remember(text("candidates.waits"), async () => {
    await remove(`api/queue/${item}`);
    count(-1);
  });
}

function count(more) {
  const waiting = Number(find("waiting-count").textContent) + more;
  find("waiting-count").textContent = waiting;
  find("waiting").hidden = waiting < 1;
}

// What waits takes its place, one after the other.
export async function runQueue() {
  const answer = await attempt(() => post("api/queue/run", null));
  if (!answer) return;
  find("waiting-count").textContent = 0;
  find("waiting").hidden = true;
  tell(text("candidates.queue_started", { count: answer.started }));
}

// A run draws it: what became of it is said when it has ended.
async function follow(number) {
  tell(text("candidates.drawing", { run: number }));
  const run = await ended(number);
  if (!run) return tell(text("candidates.still_waiting", { run: number }));
  if (run.status === "completed") return remember(text("candidates.drawn"), { run: number });
  tell(textParts("candidates.not_drawn", { run: number, reason: reasonParts(run) }), "bad");
}

async function ended(number) {
  const begun = Date.now();
  while (Date.now() - begun < LONGEST) {
    const found = await ask(`api/runs/${number}`).catch(() => null);
    if (found && ENDED.includes(found.run.status)) return found.run;
    await new Promise((later) => setTimeout(later, LOOK));
  }
  return null;
}
