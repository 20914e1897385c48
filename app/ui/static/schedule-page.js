// The page of the schedule: added, changed, switched and removed by the API, which the page then shows.

import { enable, find } from "./element.js";
import { decide } from "./frame.js";
import { remember } from "./last-change.js";
import { LivePage } from "./live.js";
import { attempt, tell } from "./notice.js";
import { ScheduleForm } from "./schedule-form.js";
import { address, post, put, remove } from "./server.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang;

function zoned(place) {
  try {
    const format = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: place.dataset.zone });
    place.textContent = format.format(new Date(place.dataset.zoned));
  } catch {
    // A zone that the browser does not know: the server's words stay.
  }
}

function drawn(place) {
  enable(place);
  for (const time of place.querySelectorAll("[data-zoned]")) zoned(time);
  for (const other of place.querySelectorAll("[data-elsewhere]")) other.hidden = other.dataset.elsewhere === here;
  for (const name of place.querySelectorAll("[data-browser]")) name.textContent = text("schedule.browser_zone", { zone: here });
}

const page = new LivePage({ drawn });
const keepRules = guardForm(find("rules"));
const form = new ScheduleForm((answer) => changed(answer));

function changed(answer) {
  tell(text("schedule.saved"));
  page.refresh();
  return answer;
}

// The switch shows at once what was asked for; the server's answer stands after that.
async function turn(button, call) {
  const isOn = button.getAttribute("aria-checked") !== "true";
  button.setAttribute("aria-checked", isOn);
  await attempt(() => call(isOn));
  await page.refresh();
}

async function drop(row) {
  const { source, ...raw } = JSON.parse(row.dataset.raw);
  if (!(await attempt(() => remove(`api/scheduler/schedule/index/${row.dataset.index}`)))) return;
  remember(text("schedule.removed"), () => post("api/scheduler/schedule", raw));
  await page.refresh();
}

async function runNow() {
  if ((await decide(find("starting"))) !== "start") return;
  const answer = await attempt(() => post("api/scheduler/run-now"));
  if (answer) location.assign(address(`server/runs/${answer.run_id}`));
}

function press({ target }) {
  const button = target.closest?.("button");
  const { turn: place, change, remove: gone } = button?.dataset ?? {};
  if (place) turn(button, (enabled) => put(`api/scheduler/schedule/${place}`, { enabled }));
  if (change) form.open(button.closest("li"));
  if (gone) drop(button.closest("li"));
  if (button?.id === "all") turn(button, (isOn) => post(`api/scheduler/${isOn ? "enable" : "disable"}`));
  if (button?.id === "add") form.open(null);
  if (button?.id === "run-now") runNow();
}

function typed(event) {
  const isTyping = event.target.closest?.("input, select, textarea");
  if (event.key.toLowerCase() !== "a" || isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  form.open(null);
}

async function saveRules(event) {
  event.preventDefault();
  const { timezone, skip_if_running: skip, missed, grace_minutes: grace } = event.target.elements;
  const rules = { skip_if_running: skip.checked, missed: missed.value, grace_minutes: Number(grace.value) };
  const answer = await attempt(() => post("api/scheduler/config", timezone.disabled ? rules : { ...rules, timezone: timezone.value }));
  if (!answer) return;
  keepRules();
  changed(answer);
}

document.addEventListener("click", press);
document.addEventListener("keydown", typed);
document.addEventListener("taken-back", () => page.refresh());
find("rules").addEventListener("submit", saveRules);
drawn(document);
