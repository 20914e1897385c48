// The dialog in which a schedule is added or changed; what was typed is kept until it is saved.

import { find, say } from "./element.js";
import { patience } from "./notice.js";
import { post, put } from "./server.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

const SHORTEST_MONTH = 28;
// What a schedule has of fields for its frequency.
const OWN = { daily: [], weekly: ["day_of_week"], monthly: ["day"], interval: ["interval_value", "interval_unit"] };

export class ScheduleForm {
  // `saved` gets the server's answer.
  constructor(saved) {
    Object.assign(this, { saved, dialog: find("entry"), form: find("entry-form"), shown: undefined });
    this.keep = guardForm(this.form);
    this.form.addEventListener("input", () => this.adapt());
    this.form.addEventListener("submit", (event) => this.save(event));
    find("entry-cancel").addEventListener("click", () => this.forget());
  }

  // A row of the list, or null for a new schedule.
  open(row) {
    const target = row?.dataset.raw ?? "";
    if (this.shown !== target) this.fill(row ? JSON.parse(target) : {});
    Object.assign(this, { shown: target, index: row?.dataset.index });
    find("entry-title").textContent = row ? text("schedule.change") : text("schedule.add");
    say(find("entry-problem"), "");
    this.adapt();
    this.dialog.showModal();
  }

  forget() {
    this.shown = undefined;
    this.keep();
    this.dialog.close();
  }

  fill(raw) {
    this.form.reset();
    const days = chosenDays(raw.day_of_week);
    for (const box of this.form.elements.day_of_week) box.checked = days.includes(box.value);
    for (const name of ["frequency", "time", "mode", "day", "library", "interval_value", "interval_unit", "description"]) this.set(name, raw[name]);
    this.keep();
  }

  // A value that the choices lack, such as "1,15", becomes one of them.
  set(name, value) {
    const field = this.form.elements[name];
    if (value === undefined || value === null) return;
    field.value = value;
    if (field.value !== String(value) && field.matches("select") && name !== "mode") field.add(new Option(value, value, false, true));
  }

  adapt() {
    const { frequency, mode, day, time } = this.form.elements;
    for (const part of this.form.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== frequency.value;
    for (const part of this.form.querySelectorAll("[data-means]")) part.hidden = part.dataset.means !== mode.value;
    for (const part of this.form.querySelectorAll("[data-mode]")) part.hidden = part.dataset.mode !== mode.value;
    find("short-month").hidden = frequency.value !== "monthly" || !(Number(day.value) > SHORTEST_MONTH);
    time.required = frequency.value !== "interval";
  }

  given() {
    const data = new FormData(this.form);
    const fields = ["frequency", "time", "mode", "description", ...OWN[data.get("frequency")]];
    const body = Object.fromEntries(fields.map((name) => [name, data.getAll(name).join(",")]));
    return data.get("mode") === "logoupdater" ? { ...body, library: data.get("library") } : body;
  }

  async save(event) {
    event.preventDefault();
    const body = this.given();
    if (body.day_of_week === "") return say(find("entry-problem"), text("schedule.no_day"));
    find("entry-save").disabled = true;
    const answer = await (this.index === undefined ? post("api/scheduler/schedule", body) : put(`api/scheduler/schedule/${this.index}`, body)).catch((error) => this.refused(error));
    find("entry-save").disabled = false;
    if (!answer) return;
    this.forget();
    this.saved(answer);
  }

  // The sentence stands in the dialog: what lies behind it is not seen.
  refused(error) {
    if (error.status === undefined) throw error;
    say(find("entry-problem"), patience(error));
    return null;
  }
}

// "mon,thu", "fri-sun", "0-4" and "*" as the values of the boxes.
export function chosenDays(words) {
  const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const place = (word) => (/^\d$/.test(word) ? Number(word) : names.indexOf(word.slice(0, 3)));
  const parts = String(words ?? "mon").toLowerCase().split(",").map((part) => part.trim());
  return parts.flatMap((part) => {
    if (part.startsWith("*")) return names;
    const [first, last = first] = part.split("-").map(place);
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => names[(first + step) % 7]);
  });
}
