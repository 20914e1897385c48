// Which settings are seen: one section at a time, or all that fit the words of the search.

import { find, say } from "./element.js";
import { text } from "./texts.js";

const form = find("settings");
const SHORT = 5;
const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();

// A short word begins another one; a longer one may be part of it, as of a German compound.
function finder(word) {
  if (word.length >= SHORT) return (words) => words.includes(word);
  const start = new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}`, "u");
  return (words) => start.test(words);
}

export class SettingsIndex {
  constructor(fields) {
    Object.assign(this, { fields, search: find("search"), only: find("only-changed"), jump: find("jump"), sections: [...form.querySelectorAll("section")] });
    this.search.addEventListener("input", () => this.filter());
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && this.first(event));
    this.only.addEventListener("change", () => this.filter());
    this.jump.addEventListener("change", () => this.choose(this.jump.value));
    find("index").addEventListener("click", (event) => this.follow(event));
    addEventListener("hashchange", () => this.open());
    this.open();
    // The browser takes the focus away when it goes to the fragment itself.
    if (document.readyState !== "complete") addEventListener("load", () => this.open());
  }

  // The place that the address names: a section, or "section.name" of config.json.
  open() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !form.contains(place)) return this.show(form.querySelector("section.shown"));
    const field = this.fields.find((each) => each.place === place);
    if (field) return this.reveal(field);
    this.clear();
    this.show(place.closest("section"));
  }

  // A field that is not seen is brought to the person, whatever was searched.
  reveal(field) {
    if (!field.place.checkVisibility()) {
      this.clear();
      this.show(field.place.closest("section"));
    }
    field.place.scrollIntoView({ block: "center" });
    field.focus();
  }

  // Addresses change without an entry in the history: Back leads away from the page, not through its sections.
  follow(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.choose(link.hash.slice(1));
  }

  choose(name) {
    this.clear();
    this.show(find(name));
    history.replaceState(history.state, "", `#${name}`);
    const top = form.getBoundingClientRect().top;
    if (top < 0) scrollBy(0, top - 80);
  }

  show(section) {
    for (const each of this.sections) each.classList.toggle("shown", each === section);
    for (const link of find("index").querySelectorAll("a")) {
      if (link.hash === `#${section.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    this.jump.value = section.id;
    document.dispatchEvent(new CustomEvent("section-shown", { detail: section }));
  }

  clear() {
    this.search.value = "";
    this.only.checked = false;
    this.filter();
  }

  filter() {
    const words = fold(this.search.value).split(/\s+/).filter(Boolean);
    const finders = words.map(finder);
    const isFiltered = words.length > 0 || this.only.checked;
    form.classList.toggle("searching", isFiltered);
    for (const field of this.fields) {
      const fits = finders.every((finds) => finds(this.text(field))) && (!this.only.checked || field.isChanged() || field.isUnsaved());
      field.place.hidden = isFiltered && !fits;
    }
    for (const section of this.sections) tidy(section);
    const found = this.fields.filter((field) => isFiltered && !field.place.hidden);
    find("none").hidden = !isFiltered || found.length > 0;
    say(find("found"), isFiltered ? text("settings.found", { count: found.length }) : "");
    highlight(found, words);
  }

  text(field) {
    const section = field.place.closest("section");
    field.searched ??= fold([field.place.querySelector(".name").textContent, field.place.querySelector(".help").textContent, field.name, field.place.id, field.place.dataset.also, section.querySelector("h2").textContent, section.dataset.also].join(" "));
    return field.searched;
  }

  first(event) {
    event.preventDefault();
    this.fields.find((field) => !field.place.hidden && form.classList.contains("searching"))?.focus();
  }
}

// The words that were searched are marked where they stand.
function highlight(fields, words) {
  if (!CSS.highlights) return;
  const nodes = fields.flatMap(({ place }) => [place.querySelector(".name").firstChild, place.querySelector(".help").firstChild]);
  CSS.highlights.set("found", new Highlight(...nodes.flatMap((node) => words.flatMap((word) => ranges(node, word)))));
}

function ranges(node, word) {
  const shown = fold(node.data);
  // Signs that fold to two shift all behind them.
  if (shown.length !== node.data.length) return [];
  const found = [];
  for (let at = shown.indexOf(word); at >= 0; at = shown.indexOf(word, at + word.length)) {
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    found.push(range);
  }
  return found;
}

// Headings without a setting below them are not seen.
function tidy(section) {
  let heading = null;
  for (const part of section.children) {
    if (part.localName === "h3") Object.assign((heading = part), { hidden: true });
    else if (heading && part.matches(".setting") && !part.hidden) heading.hidden = false;
  }
  section.hidden = !section.querySelector(".setting:not([hidden])");
}
