// Home: kept up to date, with the buttons that start and stop runs.

import { enable, find } from "./element.js";
import { AwayChanges } from "./home-away.js";
import { LivePage } from "./live.js";
import { sendTestMessages } from "./messages.js";
import { attempt, tell } from "./notice.js";
import { onKeys } from "./page-keys.js";
import { startOnSubmit, toRun } from "./run-start.js";
import { stopOnPress } from "./run-stop.js";
import { post, remove } from "./server.js";
import { text } from "./texts.js";

// No event is about problems, and none about the time of the next run.
const LOOK = 30000;
const KINDS = ["asset_updated", "asset_removed", "trigger_received", "trigger_changed", "trigger_removed"];

// The average colour of a picture stands in its place until it is there.
function drawn(place) {
  enable(place);
  away.drawn(place);
  for (const frame of place.querySelectorAll("[data-tint]")) frame.style.setProperty("--tint", frame.dataset.tint);
}

function started(answer, { dataset: { name } }, isPlan) {
  if (isPlan) return toRun(answer);
  tell(answer.queued ? text("home.queued", { name }) : text("home.started", { name }));
  page.soon();
}

async function change(request, words) {
  if (!(await attempt(request))) return;
  tell(words);
  page.soon();
}

function matters(kind, fields) {
  away.heard(kind, fields);
  return true;
}

function press({ target }) {
  const { silence, unsilence } = target.closest?.("button")?.dataset ?? {};
  if (silence) change(() => post("api/problems/silenced", { code: silence }), text("home.silenced"));
  if (unsilence) change(() => remove(`api/problems/silenced/${encodeURIComponent(unsilence)}`), text("home.unsilenced"));
}

// The focus goes to the first thing there that can be pressed.
function goTo(places) {
  const place = document.querySelector(places);
  if (!place) return tell(text("home.keys.nothing"));
  place.focus();
}

function plan() {
  const button = document.querySelector("#plan-normal:enabled") ?? document.querySelector("#start-normal:enabled");
  if (button) button.click();
  else tell(text("home.keys.no_start"));
}

const away = new AwayChanges(() => page.soon());
drawn(document);
document.addEventListener("click", press);
startOnSubmit(started);
stopOnPress();
onKeys({
  r: plan,
  p: () => goTo("#troubles :is(a, button)"),
  a: () => goTo("#away li :is(a, button)"),
  n: () => goTo("#newest .picture"),
});
find("test-messages").addEventListener("click", sendTestMessages);
const page = new LivePage({ drawn, matters, often: KINDS, every: LOOK });
