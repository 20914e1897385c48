// Starting a run from its form, after a question where it changes artwork.

import { find } from "./element.js";
import { decide } from "./frame.js";
import { attempt, tell } from "./notice.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";

const PATHS = { reset: "api/reset-posters", logoupdater: "api/run-logoupdater", logorevert: "api/run-logoupdater" };

// The page of the run that was asked for.
export const toRun = ({ run_id: number }) => location.assign(address(`server/runs/${number}`));

// `started` gets the server's answer, the form, and whether it is a plan.
export function startOnSubmit(started = toRun) {
  document.addEventListener("submit", (event) => start(event, started));
}

async function start(event, started) {
  const form = event.target.closest("[data-start]");
  if (!form) return;
  event.preventDefault();
  const { start: mode, name } = form.dataset;
  const isPlan = event.submitter?.value === "plan";
  const fields = Object.fromEntries(new FormData(form));
  if (fields.from && fields.from === fields.to) return tell(text("runs.same_servers"), "bad");
  if (!isPlan && "confirm" in form.dataset && !(await isConfirmed(form, name))) return;
  const answer = await attempt(() => request(mode, fields, isPlan));
  if (answer) started(answer, form, isPlan);
}

function isConfirmed(form, name) {
  find("starting-title").textContent = text("runs.start_which", { name });
  find("starting-means").textContent = form.dataset.means;
  return decide(find("starting"));
}

function request(mode, fields, isPlan) {
  if (isPlan && mode === "normal") return post("api/runs/plan", {});
  const more = { ...(isPlan ? { plan: true } : {}), ...(mode === "logorevert" ? { revert: true } : {}) };
  return post(PATHS[mode] ?? `api/run/${mode}`, { ...fields, ...more });
}
