// Why a run ended as it did, in the reader's language; what others said stays in English.

import { element } from "./element.js";
import { text, textParts } from "./texts.js";

const OTHER = "other";
const ENGLISH = ["reason", "entry"];

// The parts of a sentence about a run of the API.
export function reasonParts({ reason, reason_code: code, reason_values: values }) {
  if (!reason) return [text("frame.run_failed.unknown")];
  if (code === OTHER) return [english(reason)];
  const shown = Object.entries(values).map(([name, value]) => [name, ENGLISH.includes(name) ? english(value) : value]);
  return textParts(`reason.${code}`, Object.fromEntries(shown));
}

const english = (words) => element("span", { lang: "en" }, words);
