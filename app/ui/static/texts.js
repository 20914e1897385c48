// The texts of scripts in the reader's language, which the page brings along.

import { find } from "./element.js";

const texts = JSON.parse(find("texts")?.textContent ?? "{}");

// The text of that name with its {values}.
export const text = (name, values = {}) => texts[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

// The text in parts: its words, and values that may be elements, or parts in turn.
export const textParts = (name, values) => texts[name].split(/\{(\w+)\}/).flatMap((part, place) => (place % 2 ? values[part] : part));
