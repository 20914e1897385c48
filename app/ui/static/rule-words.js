// Rules in words, by the labels and choices of their fields in the page.

import { element, find } from "./element.js";

const fields = find("fields").content;
const part = (selector) => fields.querySelector(selector);
const settingPart = (name) => part(`[data-setting="${name}"]`);

export const KINDS = [...part('[data-setting="skip"] fieldset').querySelectorAll("input")].map((box) => box.value);

export function conditionName(name) {
  if (name === "show") return part("[data-shows]").dataset.shows;
  return part(`[data-when="${name}"]`)?.closest("label").querySelector(".what").textContent ?? name;
}

// Also of a setting of a design or of a correction, which has its own name.
export function settingName(name) {
  const [head, ...rest] = name.split(".");
  const known = settingPart(head)?.querySelector(".what").textContent ?? head;
  return rest.length ? `${known} ${rest.join(".")}` : known;
}

const option = (name, value) => [...settingPart(name).querySelectorAll("option")].find((each) => each.value === String(value))?.textContent ?? String(value);
const kindName = (value) => part(`[data-setting="skip"] [value="${value}"]`)?.parentElement.textContent.trim() ?? value;
const listed = (value) => [value].flat().join(", ");

const WORDS = {
  language: listed,
  provider: listed,
  region: String,
  text: (value) => option("text", value),
  title_size: (value) => `${value} %`,
  skip: (value) => (value === true ? KINDS : value || []).map(kindName).join(", ") || "–",
  episode_order: (value) => option("episode_order", value),
  unwatched: (value) => option("unwatched", value),
  design: (value) => designLines(value).join("; "),
  correct: (value) => Object.keys(value).map(kindName).join(", "),
};

export function designLines(design) {
  return Object.entries(design).flatMap(([section, keys]) => Object.entries(keys).map(([key, value]) => `${section}.${key} = ${value}`));
}

// The rule with its parts in one order, so that equal rules are equal texts.
export function orderedRule({ name = "", when = {}, set = {} }) {
  const inOrder = (values, names) => Object.fromEntries([...new Set([...names, ...Object.keys(values)])].filter((each) => each in values).map((each) => [each, values[each]]));
  return { name, when: inOrder(when, ["library", "label", "title", "show"]), set: inOrder(set, Object.keys(WORDS)) };
}

// One chip for each condition and each setting.
export function ruleChips({ when = {}, set = {} }) {
  const met = Object.entries(when).map(([name, word]) => element("span", { class: "when" }, element("b", {}, conditionName(name)), ` ${word}`));
  const wanted = Object.entries(set).map(([name, value]) => element("span", {}, element("b", {}, settingName(name)), ` ${(WORDS[name] ?? JSON.stringify)(value)}`));
  return [...met, ...wanted];
}
