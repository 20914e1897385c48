// The list of runs: starting, stopping, and keeping it up to date.

import { find } from "./element.js";
import { decide } from "./frame.js";
import { LivePage } from "./live.js";
import { attempt, tell } from "./notice.js";
import { stopOnPress } from "./run-stop.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";

const enable = (place) => place.querySelectorAll("button:disabled").forEach((button) => (button.disabled = false));

async function start(event) {
  const form = event.target.closest("[data-start]");
  if (!form) return;
  event.preventDefault();
  const { start: mode, name } = form.dataset;
  const isPlan = event.submitter?.value === "plan";
  const fields = Object.fromEntries(new FormData(form));
  if (fields.from && fields.from === fields.to) return tell(text("runs.same_servers"), "bad");
  if (!isPlan && "confirm" in form.dataset && !(await isConfirmed(form, name))) return;
  const answer = await attempt(() => request(mode, fields, isPlan));
  if (answer) location.assign(address(`server/runs/${answer.run_id}`));
}

function isConfirmed(form, name) {
  find("starting-title").textContent = text("runs.start_which", { name });
  find("starting-means").textContent = form.closest("li").querySelector("p").textContent;
  return decide(find("starting"));
}

const PATHS = { reset: "api/reset-posters", logoupdater: "api/run-logoupdater", logorevert: "api/run-logoupdater" };

function request(mode, fields, isPlan) {
  if (isPlan && mode === "normal") return post("api/runs/plan", {});
  const more = { ...(isPlan ? { plan: true } : {}), ...(mode === "logorevert" ? { revert: true } : {}) };
  return post(PATHS[mode] ?? `api/run/${mode}`, { ...fields, ...more });
}

document.addEventListener("submit", start);
stopOnPress();
enable(document);
new LivePage({ drawn: enable });
