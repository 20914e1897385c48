// One line of a log as an entry of the list, with its time in the reader's zone.

import { element } from "./element.js";

const { lang } = document.documentElement;
const CLOCK = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const WHOLE = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "medium" });

export const clockTime = (time) => CLOCK.format(new Date(time));
export const wholeTime = (time) => WHOLE.format(new Date(time));

// The template builds the same line in logs/parts.html.
export function logEntry({ offset, end, time, level, head, text, is_cut: isCut }, address) {
  const moment = time ? element("time", { datetime: new Date(time).toISOString(), title: time }, clockTime(time)) : "·";
  const link = element("a", { class: "at", href: `${address}&at=${offset}#${offset}`, tabindex: -1 }, moment);
  return element("li", { id: offset, "data-end": end, class: isCut ? `${level} cut` : level }, link, text.slice(head));
}

export function unfinishedEntry({ text, head, level }) {
  return element("li", { class: `${level} unfinished` }, element("span", { class: "at" }), text.slice(head));
}

export const divider = (words) => element("li", { class: "divider" }, words);

// Lines of the log that is shown; those of the one before it, and what divides them, have no id.
export const isLine = (entry) => Boolean(entry?.id);
export const timeOf = (entry) => entry?.querySelector("time")?.dateTime ?? "";

export function showClockTimes(list) {
  for (const time of list.querySelectorAll("time")) time.textContent = clockTime(time.dateTime);
}
