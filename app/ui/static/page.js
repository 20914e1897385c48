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

const history = new History();
const samples = new Samples();
const schedule = new ScheduleCard();
const problems = new ProblemList();
const logs = new LogView();
const status = new StatusCard(onStatus, (id) => history.begun(id));
const version = new Pace(tellVersion, () => 3600000);
const behindTheDoor = [status, history, samples, schedule, problems].map((card) => card.pace);

function onStatus(answer, turned) {
  samples.drawing = Boolean(answer?.running && answer.current_mode === "testing");
  if (turned) for (const card of [history, samples]) card.pace.soon();
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
