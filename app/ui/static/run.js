// The page of one run: kept up to date, stopped, taken back, or begun as it was planned.

import { excuseFailed } from "./coming-pictures.js";
import { element, enable, find } from "./element.js";
import { decide } from "./frame.js";
import { LeftOut } from "./left-out.js";
import { LivePage } from "./live.js";
import { attempt, tell } from "./notice.js";
import { stopOnPress } from "./run-stop.js";
import { address, post, remove } from "./server.js";
import { text } from "./texts.js";

const own = Number(find("said").dataset.number);
const leftOut = new LeftOut(own);

function drawn(place) {
  enable(place);
  excuseFailed(place);
  leftOut.paint(place);
  const said = place.querySelector("#left-out");
  const count = leftOut.paths.size;
  said?.replaceChildren(...(count ? [text("run.left_out", { count }), " ", element("button", { type: "button", id: "take-all" }, text("run.take_all"))] : []));
}

async function follow(request) {
  const answer = await attempt(request);
  if (answer) location.assign(address(`server/runs/${answer.run_id}`));
}

function isConfirmed(title, go) {
  const count = leftOut.paths.size;
  find("confirming-title").textContent = count ? `${title} ${text("run.left_out", { count })}` : title;
  find("confirming-go").textContent = go;
  return decide(find("confirming"));
}

async function begin({ dataset, textContent }) {
  const words = dataset.undo ? [text("run.undo_which", { number: dataset.undo }), text("run.undo")] : [text("run.begin_which", { name: textContent.replace(/^[^:]*: /, "") }), text("run.begin")];
  if (!(await isConfirmed(...words))) return;
  await follow(() => post(`api/runs/${own}/begin`, leftOut.paths.size ? { excepted: [...leftOut.paths] } : {}));
}

const retry = (path) => follow(() => post(`api/runs/${own}/retry`, path ? { assets: [path] } : {}));

async function cancel(number) {
  if (await attempt(() => remove(`api/runs/${number}`))) tell(text("run.cancelled"));
}

function press({ target }) {
  const button = target.closest?.("button");
  const { planUndo, begin: mode, cancel: waiting, retry: failed } = button?.dataset ?? {};
  if (planUndo) follow(() => post(`api/runs/${planUndo}/undo`, { plan: true }));
  if (mode) begin(button);
  if (failed !== undefined) retry(failed);
  if (button?.id === "take-all") takeAll();
  if (waiting) cancel(waiting);
}

function untick({ target }) {
  if (!target.dataset?.step) return;
  leftOut.put(target.dataset.step, !target.checked);
  drawn(document);
}

function takeAll() {
  leftOut.clear();
  drawn(document);
  find("do-plan")?.focus();
}

document.addEventListener("click", press);
document.addEventListener("change", untick);
stopOnPress();
drawn(document);
new LivePage({ drawn, matters: (kind, { id }) => kind === "reset" || kind === "run_ended" || id === own });
