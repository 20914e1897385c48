// The rules: added, edited, put in order and saved together; what they change is shown before.

import { enable, find } from "./element.js";
import { onKeys } from "./page-keys.js";
import { RuleRow } from "./rule-row.js";
import { RulesCheck } from "./rules-check.js";
import { RulesSaving } from "./rules-saving.js";
import { ask } from "./server.js";
import { text } from "./texts.js";

const form = find("rules-form");
const list = find("rules");
const PAUSE = 150;
let timer;

const rows = () => [...list.children].map((place) => place.row);
const rules = () => rows().map((row) => row.rule);

const saving = new RulesSaving({ form, rules, fill });
const check = new RulesCheck(rows, () => saving.isUnsaved);

function fill(found) {
  list.replaceChildren();
  for (const rule of found) addRow(rule);
  changed();
}

function addRow(rule) {
  const place = find("row").content.firstElementChild.cloneNode(true);
  place.querySelector("[name=rule]").value = JSON.stringify(rule);
  list.append(place);
  return new RuleRow(place, changed);
}

function changed(row = null) {
  find("none").hidden = list.children.length > 0;
  form.dispatchEvent(new Event("change"));
  saving.show();
  if (row) check.looked = row;
  check.soon();
}

function newName() {
  const taken = new Set(rules().map((rule) => rule.name));
  let number = taken.size + 1;
  while (taken.has(text("rules.new_name", { number }))) number += 1;
  return text("rules.new_name", { number });
}

function add(rule = {}) {
  const row = addRow({ when: {}, set: {}, ...rule, name: rule.name || newName() });
  changed(row);
  row.reach();
}

function move(place, step) {
  const other = step < 0 ? place.previousElementSibling : place.nextElementSibling;
  if (!other) return;
  const focused = document.activeElement;
  if (step < 0) other.before(place);
  else other.after(place);
  focused?.focus();
  changed(place.row);
}

function removeRow(place) {
  const next = place.nextElementSibling ?? place.previousElementSibling;
  place.remove();
  (next?.querySelector(".named") ?? find("add")).focus();
  changed();
}

function press({ target }) {
  const button = target.closest("button");
  const place = button?.closest(".rule");
  if (button?.dataset.move) move(place, Number(button.dataset.move));
  if (button?.dataset.remove !== undefined) removeRow(place);
  if (button?.id === "add") add();
  if (button?.id === "example") add({ name: text("rules.example"), when: { library: "Anime" }, set: { language: ["ja", "xx"], title_size: 80 } });
}

function typed(event) {
  const place = event.target.closest?.(".rule");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!event.altKey || !step || !place) return;
  event.preventDefault();
  move(place, step);
}

// Names that a condition can have, of what the library holds.
function suggest({ target }) {
  const of = target.dataset?.when;
  if (!of) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const { names } = await ask(`api/rules/names?of=${of}&search=${encodeURIComponent(target.value)}`).catch(() => ({ names: [] }));
    find(`names-${of}`).replaceChildren(...names.map(({ name }) => new Option(name, name)));
  }, PAUSE);
}

for (const place of list.children) new RuleRow(place, changed);
form.addEventListener("click", press);
form.addEventListener("keydown", typed);
form.addEventListener("input", suggest);
form.addEventListener("focusin", suggest);
form.addEventListener("submit", (event) => event.preventDefault());
list.addEventListener("looked-at", (event) => check.look(event.target.row));
onKeys({ a: () => add() });
enable(form);
saving.begin();
check.soon();
if (form.dataset.begun) add(JSON.parse(form.dataset.begun));
