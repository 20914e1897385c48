// Lists on the page of the settings: rows that are added, removed and put into another order.

import { element } from "./element.js";
import { librariesEditor } from "./settings-libraries.js";
import { text } from "./texts.js";

export const INHERIT = "PleaseFillMe";
const TEXTLESS = "xx";
const LISTS = ["PreferredLanguageOrder", "PreferredSeasonLanguageOrder", "PreferredBackgroundLanguageOrder", "PreferredTCLanguageOrder", "LogoLanguageOrder"];
const codes = (words) => words.split(/[\s,;]+/).filter(Boolean);
const single = { rows: (value) => value.map((each) => [each]), value: (rows) => rows.map(([each]) => each).filter((each) => each !== "") };

// What the rows of each kind have, and how a value becomes rows and rows a value.
const KINDS = {
  languages: { ...single, cells: [{}], isOrdered: true, about: (code) => languageName(code) },
  providers: { ...single, cells: [{}], isOrdered: true },
  texts: { ...single, cells: [{}], isOrdered: false },
  replacements: {
    cells: [{ label: () => text("settings.word") }, { label: () => text("settings.instead") }],
    rows: (value) => Object.entries(value).map(([word, other]) => [word, other.replaceAll("\n", "\\n")]),
    value: (rows) => Object.fromEntries(rows.filter(([word]) => word !== "").map(([word, other]) => [word, other.replaceAll("\\n", "\n")])),
  },
  overrides: {
    cells: [{ label: () => text("settings.library") }, { label: () => text("settings.list"), options: () => LISTS.map((name) => [name, titleOf(name)]) }, { label: () => text("settings.codes") }],
    rows: (value) => Object.entries(value).flatMap(([library, lists]) => Object.entries(lists).map(([list, languages]) => [library, list, languages.join(", ")])),
    value: (rows) => rows.filter(([library]) => library).reduce((found, [library, list, words]) => ({ ...found, [library]: { ...found[library], [list]: codes(words) } }), {}),
  },
};

const titleOf = (name) => document.querySelector(`[data-name="${name}"] .name`)?.textContent ?? name;

export const rowsEditor = (field, place) => (field.kind === "libraries" ? librariesEditor(field, place) : new RowsEditor(field, place));

class RowsEditor {
  constructor(field, place) {
    Object.assign(this, { field, place, kind: KINDS[field.kind] });
    this.list = element("ol");
    const add = element("button", { type: "button", class: "quiet", click: () => this.add() }, text("settings.add"));
    this.foot = element("div", { class: "rows-foot" }, add);
    if (field.kind === "languages" && field.name !== LISTS[0]) this.offerInheriting();
    place.replaceChildren(this.list, this.foot);
    this.value = field.base;
  }

  offerInheriting() {
    this.inherits = element("input", { type: "checkbox", change: () => this.inherit() });
    this.foot.append(element("label", {}, this.inherits, " ", text("settings.inherits")));
  }

  get isInherited() {
    return Boolean(this.inherits?.checked);
  }

  get value() {
    if (this.isInherited) return [INHERIT];
    return this.kind.value([...this.list.children].map((row) => [...row.querySelectorAll("input, select")].map((cell) => cell.value)));
  }

  set value(value) {
    const isInherited = Boolean(this.inherits) && value.length === 1 && value[0] === INHERIT;
    if (this.inherits) this.inherits.checked = isInherited;
    this.list.replaceChildren();
    for (const cells of isInherited ? [] : this.kind.rows(value)) this.append(cells);
    this.adapt();
  }

  words(value) {
    if (value?.length === 1 && value[0] === INHERIT) return text("settings.inherits");
    return this.kind.rows(value).map((cells) => cells.join(this.field.kind === "replacements" ? " → " : ": ")).join(", ");
  }

  append(cells) {
    const number = this.list.children.length + 1;
    const parts = this.kind.cells.map((cell, place) => this.cell(cell, cells[place] ?? "", number));
    const about = this.kind.about && element("small", {}, this.kind.about(cells[0] ?? ""));
    if (about) parts[0].addEventListener("input", () => (about.textContent = this.kind.about(parts[0].value)));
    const row = element("li", {}, ...parts, ...(about ? [about] : []), element("span", { class: "row-buttons" }, ...this.buttons()));
    this.list.append(row);
    return row;
  }

  cell({ label, options }, value, number) {
    const name = [text("settings.row", { name: this.field.title, number }), label?.()].filter(Boolean).join(", ");
    const choices = options?.() ?? this.choices();
    if (!choices) return element("input", { value, "aria-label": name, spellcheck: "false", autocapitalize: "off" });
    const known = choices.find(([choice]) => choice.toLowerCase() === value.toLowerCase());
    const shown = known || value === "" ? choices : [...choices, [value, value]];
    return element("select", { "aria-label": name }, ...shown.map(([choice, words]) => new Option(words, choice, false, choice === (known?.[0] ?? value))));
  }

  choices() {
    const given = this.field.place.dataset.choices;
    return given && this.kind === KINDS.providers ? JSON.parse(given).map((each) => [each, { tmdb: "TMDB", tvdb: "TVDB", fanart: "Fanart", plex: "Plex" }[each] ?? each]) : null;
  }

  buttons() {
    const button = (name, sign, press) => element("button", { type: "button", class: "quiet", "aria-label": name, title: name, click: (event) => press(event.currentTarget.closest("li")) }, sign);
    const drop = button(text("settings.drop"), "✕", (row) => this.drop(row));
    return this.kind.isOrdered ? [button(text("settings.up"), "↑", (row) => this.move(row, -1)), button(text("settings.down"), "↓", (row) => this.move(row, 1)), drop] : [drop];
  }

  add() {
    if (this.inherits) this.inherits.checked = false;
    this.append([]).querySelector("input, select").focus();
    this.told();
  }

  drop(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector(".row-buttons button:last-child") ?? this.foot.querySelector("button")).focus();
    this.told();
  }

  move(row, step) {
    const pressed = document.activeElement;
    if (step < 0) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    pressed.focus();
    this.told();
  }

  inherit() {
    if (this.inherits.checked) this.list.replaceChildren();
    this.told();
  }

  adapt() {
    this.list.hidden = !this.list.children.length;
  }

  told() {
    this.adapt();
    this.place.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function languageName(code) {
  if (code === TEXTLESS) return text("settings.textless");
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: "language", fallback: "none" }).of(code) ?? "";
  } catch {
    return "";
  }
}
