// The page: the door, and the cards behind it.

import { Door } from "./door.js";
import { find } from "./element.js";
import { History } from "./history.js";
import { LogView } from "./logs.js";
import { testMessages } from "./messages.js";
import { Offers } from "./offers.js";
import { hush, tell } from "./notice.js";
import { Pace } from "./pace.js";
import { Samples } from "./samples.js";
import { ScheduleCard } from "./schedule.js";
import { ask } from "./server.js";
import { ProblemList, StatusCard } from "./status.js";
import { UndoDialog } from "./undo.js";
import { PictureActions } from "./versions.js";
import { Viewer } from "./viewer.js";
import { Wall } from "./wall.js";

// What is late is shown when it comes; until then the page waits for its first answers and is drawn once.
const PATIENCE = 2000;

const viewer = new Viewer(new PictureActions(follow));
const undo = new UndoDialog(follow);
const history = new History(() => status.retell(), (run) => undo.open(run));
const samples = new Samples(viewer);
const wall = new Wall(viewer);
const schedule = new ScheduleCard();
const offers = new Offers((modes) => {
  schedule.offer(modes);
  history.draw();
});
const problems = new ProblemList(() => status.retell());
const logs = new LogView();
const status = new StatusCard(onStatus, history, problems);
const version = new Pace(tellVersion, () => 3600000);
const others = [history, samples, wall, schedule, problems, offers].map((card) => card.pace);
const behindTheDoor = [status.pace, ...others];

// After a run begins or ends three cards are out of date; after the server was away all of them are.
function onStatus(answer, { turned, found }) {
  samples.drawing = Boolean(answer?.running && answer.current_mode === "testing");
  wall.running = Boolean(answer?.running);
  const late = found ? others : [history.pace, samples.pace, wall.pace];
  if (turned || found) for (const pace of late) pace.soon();
}

// A run that was asked for beside the buttons of the status card.
function follow(id) {
  history.follow(id);
  history.pace.soon();
  status.pace.soon();
}

async function tellVersion() {
  const { local, remote, is_update_available: newer } = await ask("api/version");
  const update = newer ? `: version ${remote} is available` : "";
  find("version").textContent = local ? `Poster script ${local}${update}` : "";
}

async function open() {
  find("waiting").hidden = false;
  // The schedule's answer names the zone in which all others are told.
  await schedule.pace.start();
  const first = [...behindTheDoor, version].filter((pace) => pace !== schedule.pace).map((pace) => pace.start());
  await Promise.race([Promise.all(first), new Promise((late) => setTimeout(late, PATIENCE))]);
  if (door.isShut) return;
  find("waiting").hidden = true;
  find("room").hidden = false;
  find("foot").hidden = false;
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
find("test-messages").addEventListener("click", testMessages);
document.addEventListener("unwelcome", () => shut("Please sign in again."));
// Another tab may have signed in meanwhile.
document.addEventListener("visibilitychange", () => !document.hidden && door.isShut && door.knock().catch(() => null));
knocking.start();
