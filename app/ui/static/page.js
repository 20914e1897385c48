// The page: the door, and the cards behind it.

import { Door } from "./door.js";
import { find } from "./element.js";
import { History } from "./history.js";
import { LogView } from "./logs.js";
import { hush, tell } from "./notice.js";
import { Pace } from "./pace.js";
import { Samples } from "./samples.js";
import { ScheduleCard } from "./schedule.js";
import { ask } from "./server.js";
import { ProblemList, StatusCard } from "./status.js";

const history = new History(() => status.retell());
const samples = new Samples();
const schedule = new ScheduleCard();
const problems = new ProblemList();
const logs = new LogView();
const status = new StatusCard(onStatus, history);
const version = new Pace(tellVersion, () => 3600000);
const others = [history, samples, schedule, problems].map((card) => card.pace);
const behindTheDoor = [status.pace, ...others];

// After a run begins or ends two cards are out of date; after the server was away all of them are.
function onStatus(answer, { turned, found }) {
  samples.drawing = Boolean(answer?.running && answer.current_mode === "testing");
  const late = found ? others : [history.pace, samples.pace];
  if (turned || found) for (const pace of late) pace.soon();
}

async function tellVersion() {
  const { local, remote, is_update_available: newer } = await ask("api/version");
  const update = newer ? `: version ${remote} is available` : "";
  find("version").textContent = local ? `Poster script ${local}${update}` : "";
}

function open() {
  find("room").hidden = false;
  for (const pace of [...behindTheDoor, version]) pace.start();
  if (find("logs").open) logs.pace.start();
}

function shut(problem) {
  for (const pace of [...behindTheDoor, version, logs.pace]) pace.stop();
  door.shut(problem);
}

const door = new Door(open);
const knocking = new Pace(knock, () => 3000);

async function knock() {
  await door.knock().catch(unanswered);
  knocking.stop();
  hush();
}

function unanswered(error) {
  tell(`${error.message} Trying again …`, "bad");
  throw error;
}

find("notice-close").addEventListener("click", hush);
document.addEventListener("unwelcome", (event) => shut(event.detail.message));
knocking.start();
