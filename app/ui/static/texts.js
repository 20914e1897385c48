// The texts of scripts in the reader's language, which the page brings along.

import { find } from "./element.js";

const texts = JSON.parse(find("texts")?.textContent ?? "{}");

// The text of that name with its {values}.
export const text = (name, values = {}) => texts[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
