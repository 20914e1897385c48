// When runs start by themselves.

import { element, excuse, find, say, show } from "./element.js";
import { attempt, tell } from "./notice.js";
import { Pace } from "./pace.js";
import { ask, post, remove } from "./server.js";
import { WEEKDAYS, clock, modeWord, moment } from "./words.js";

export class ScheduleCard {
  constructor() {
    this.pace = new Pace(() => this.refresh(), () => (this.planning ? 2000 : 30000), (error) => excuse(find("times"), error));
    find("weekday").append(...WEEKDAYS.map((day) => element("option", { value: day.slice(0, 3).toLowerCase() }, day)));
    find("frequency").addEventListener("change", () => this.choose());
    find("schedule-on").addEventListener("change", () => this.turn());
    find("schedule-form").addEventListener("submit", (event) => this.add(event));
  }

  async refresh() {
    const answer = await ask("api/scheduler/status");
    clock.zone = answer.timezone ?? undefined;
    say(find("zone"), answer.timezone ? `Times in ${answer.timezone}` : "");
    find("schedule-on").checked = Boolean(answer.enabled);
    say(find("schedule-detail"), outlook(answer));
    this.planning = answer.enabled && answer.schedules.length > 0 && !answer.next_run;
    show(find("times"), answer.schedules, () => answer.schedules.map((entry, index) => this.row(entry, index)));
  }

  // Only what the script can do now is offered.
  offer(modes) {
    const chosen = find("schedule-mode").value;
    show(find("schedule-mode"), modes, () => modes.map((mode) => element("option", { value: mode }, modeWord(mode))));
    if (modes.includes(chosen)) find("schedule-mode").value = chosen;
    find("schedule-add").disabled = modes.length === 0;
  }

  row(entry, index) {
    const words = element("span", {}, repeats(entry), element("small", {}, describes(entry)));
    const fixed = entry.source === "RUN_TIME";
    return element("li", {}, element("strong", {}, entry.time ?? ""), words, fixed ? null : this.deleteButton(entry, index));
  }

  deleteButton(entry, index) {
    const label = `Delete the run ${repeats(entry)} at ${entry.time}`;
    const click = () => this.drop(index);
    const named = { type: "button", class: "quiet", "aria-label": label, "data-key": `drop-${index}`, click };
    return element("button", named, "Delete");
  }

  choose() {
    for (const field of document.querySelectorAll("[data-for]")) {
      field.hidden = field.dataset.for !== find("frequency").value;
    }
  }

  async turn() {
    const on = find("schedule-on").checked;
    const answer = await attempt(() => post(`api/scheduler/${on ? "enable" : "disable"}`));
    if (answer) tell(answer.message ?? (on ? "The schedule is on." : "The schedule is off."));
    this.pace.soon();
  }

  async add(event) {
    event.preventDefault();
    const answer = await attempt(() => post("api/scheduler/schedule", this.given()));
    if (answer) tell(answer.message ?? "Added to the schedule.");
    this.pace.soon();
  }

  given() {
    const frequency = find("frequency").value;
    const body = { time: find("time").value, mode: find("schedule-mode").value, frequency };
    if (frequency === "weekly") body.day_of_week = find("weekday").value;
    if (frequency === "monthly") body.day = find("month-day").value;
    return body;
  }

  async drop(index) {
    const answer = await attempt(() => remove(`api/scheduler/schedule/index/${index}`));
    if (answer) tell(answer.message ?? "Deleted from the schedule.");
    this.pace.soon();
  }
}

// The times of RUN_TIME are kept though the switch is off.
export function outlook(answer) {
  if (!answer.enabled && !answer.next_run) return "Off: runs start only when you ask for them.";
  if (!answer.schedules.length) return "On, with no time yet.";
  if (!answer.next_run) return "On; the next run is being planned.";
  const off = answer.enabled ? "" : "Off, but for RUN_TIME. ";
  return `${off}Next run ${moment(answer.next_run, answer.timezone ?? undefined)}`;
}

function repeats(entry) {
  if (entry.frequency === "weekly") return `every ${weekday(entry.day_of_week)}`;
  if (entry.frequency === "monthly") return `every month, day ${entry.day ?? 1}`;
  if (entry.frequency === "interval") return `every ${entry.interval_value} ${entry.interval_unit}`;
  return "every day";
}

function weekday(value) {
  const short = String(value ?? "").toLowerCase().slice(0, 3);
  return WEEKDAYS[value] ?? WEEKDAYS.find((day) => day.toLowerCase().startsWith(short)) ?? "week";
}

function describes(entry) {
  const off = entry.enabled === false ? "off" : "";
  return [modeWord(entry.mode ?? "normal"), off, entry.description].filter(Boolean).join(" · ");
}
