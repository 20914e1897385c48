// Log lines of the script, told apart by level; the time stays, the source line is left out of sight.

import { element } from "./element.js";

const LINE = /^\[(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\]\s*\[(\w+)\]\s*(?:\[T\d+\]\s*)?\|[^|]*\|\s?(.*)$/;

export function parsed(text) {
  const match = LINE.exec(text);
  if (!match) return { time: "", level: "", message: text };
  return { time: match[2], level: match[3].toLowerCase(), message: match[4] };
}

export function logLine(text) {
  const { time, level, message } = parsed(text.trimEnd());
  return element("li", { class: level, title: text.trim() }, time ? [element("time", {}, time), " "] : null, message);
}

export const atEnd = (place) => place.scrollHeight - place.scrollTop - place.clientHeight < 40;

export const toEnd = (place) => {
  place.scrollTop = place.scrollHeight;
};
