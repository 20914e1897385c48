// The fields of one rule: filled from it, and read back as it is then.

import { element, find } from "./element.js";
import { KINDS, designLines } from "./rule-words.js";

const list = (words) => words.split(",").map((word) => word.trim()).filter(Boolean);
const only = (place) => place.querySelector("input, select, textarea, output");

// What a field shows of a value, and the value that it says.
const FIELDS = {
  language: { show: (place, value) => (only(place).value = value.join(", ")), read: (place) => list(only(place).value), begin: ["en"] },
  region: { show: (place, value) => (only(place).value = value), read: (place) => only(place).value.trim().toUpperCase(), begin: "" },
  provider: { show: (place, value) => (only(place).value = [value].flat().join(", ")), read: readProvider, begin: "tmdb" },
  text: { show: (place, value) => (only(place).value = String(value)), read: (place) => only(place).value === "true", begin: false },
  title_size: { show: showSize, read: (place) => Number(number(place).value), begin: 100 },
  skip: { show: showKinds, read: readKinds, begin: [] },
  episode_order: { show: (place, value) => (only(place).value = value), read: (place) => only(place).value, begin: "aired" },
  unwatched: { show: (place, value) => (only(place).value = value), read: (place) => only(place).value, begin: "blur" },
  design: { show: (place, value) => (only(place).value = designLines(value).join("\n")), read: (place) => readDesign(only(place).value), begin: {} },
  correct: { show: showCorrections, read: (place) => JSON.parse(place.dataset.value), begin: null },
};

const number = (place) => place.querySelector("[type=number]");
const boxes = (place) => [...place.querySelectorAll("[type=checkbox]")];
const settings = (body) => [...body.querySelectorAll("[data-setting]")];

function readProvider(place) {
  const names = list(only(place).value.toLowerCase());
  return names.length > 1 ? names : (names[0] ?? "");
}

function showSize(place, value) {
  for (const field of place.querySelectorAll("input")) field.value = value;
}

function showKinds(place, value) {
  for (const box of boxes(place)) box.checked = value === true || (value || []).includes(box.value);
}

function readKinds(place) {
  const chosen = boxes(place).filter((box) => box.checked).map((box) => box.value);
  return chosen.length === KINDS.length ? true : chosen;
}

function showCorrections(place, value) {
  place.dataset.value = JSON.stringify(value);
  only(place).textContent = Object.entries(value).map(([kind, own]) => `${kind}: ${Object.entries(own).map(([name, each]) => `${name} ${each}`).join(", ")}`).join("; ");
}

// A line that is none stays, so that the server says what is wrong with it.
function readDesign(words) {
  const found = {};
  for (const line of words.split("\n").filter((each) => each.trim())) {
    const [, section, key, value] = line.match(/^\s*([^.=\s]+)\.([^=\s]+)\s*=\s*(.*?)\s*$/) ?? [];
    if (section) (found[section] ??= {})[key] = value;
    else found[line.trim()] = "";
  }
  return found;
}

// The fields of a new row, filled with the rule.
export function ruleBody(rule) {
  const body = find("fields").content.firstElementChild.cloneNode(true);
  body.querySelector("[data-name]").value = rule.name ?? "";
  const when = rule.when ?? {};
  for (const field of body.querySelectorAll("[data-when]")) field.value = when[field.dataset.when] ?? "";
  if (when.show) body.querySelector('[data-when="title"]').value = when.show;
  body.querySelector("[data-shows]").checked = Boolean(when.show);
  for (const place of settings(body)) if (place.dataset.setting in (rule.set ?? {})) reveal(place, rule.set[place.dataset.setting]);
  offer(body);
  return body;
}

function reveal(place, value) {
  place.hidden = false;
  FIELDS[place.dataset.setting].show(place, value);
}

// The settings that the rule does not have yet.
function offer(body) {
  const choice = body.querySelector("[data-add]");
  const left = settings(body).filter((place) => place.hidden && FIELDS[place.dataset.setting].begin !== null);
  choice.replaceChildren(choice.options[0], ...left.map((place) => element("option", { value: place.dataset.setting }, place.querySelector(".what").textContent)));
  choice.value = "";
  choice.closest("label").hidden = !left.length;
}

export function addSetting(body, name) {
  const place = body.querySelector(`[data-setting="${name}"]`);
  reveal(place, FIELDS[name].begin);
  offer(body);
  (number(place) ?? only(place)).focus();
}

export function unset(place) {
  const body = place.closest(".body");
  place.hidden = true;
  offer(body);
  body.querySelector("[data-add]").focus();
}

// The rule as its fields say; what they do not show stays as it was.
export function readRule(body, before) {
  const word = (name) => body.querySelector(`[data-when="${name}"]`).value.trim();
  const title = body.querySelector("[data-shows]").checked ? "show" : "title";
  const when = { library: word("library"), label: word("label"), [title]: word("title") };
  const set = { ...before.set };
  for (const place of settings(body)) delete set[place.dataset.setting];
  for (const place of settings(body)) if (!place.hidden) set[place.dataset.setting] = FIELDS[place.dataset.setting].read(place);
  return { name: body.querySelector("[data-name]").value.trim(), when: Object.fromEntries(Object.entries(when).filter(([, value]) => value)), set };
}

// Both fields of the size move together.
export function follow(field) {
  const other = field.closest(".ranged")?.querySelector(`input:not([type="${field.type}"])`);
  if (other) other.value = field.value;
}
