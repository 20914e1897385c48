// One setting on the page: its value in the control, the one of the file, and its default.

import { element, say } from "./element.js";
import { rowsEditor } from "./settings-rows.js";
import { text } from "./texts.js";

export const MASK = "<REDACTED>";
const NUMBER = /^[+-]?\d{1,9}$/;
const NAMED_COLOUR = /^[a-z]+\d{0,3}$/i;
const HEX = /^#[0-9a-f]{6}/i;
const LANGUAGE = /^[a-z]{2}(-[A-Z]{2})?$/;

// How two spellings of one value are compared, by kind.
const PLAIN = {
  switch: (value) => String(value).toLowerCase(),
  choice: (value) => String(value).toLowerCase(),
  number: (value) => (NUMBER.test(value) ? String(Number(value)) : String(value)),
  offset: (value) => (NUMBER.test(value) ? String(Number(value)) : String(value)),
  providers: (value) => JSON.stringify(value).toLowerCase(),
  percent: (value) => String(value).replace("%", ""),
};
const plain = (kind, value) => PLAIN[kind]?.(value) ?? (typeof value === "string" ? value : JSON.stringify(value));

export class Field {
  constructor(place) {
    const { name, kind, value, default: usual } = place.dataset;
    Object.assign(this, { place, name, kind, base: JSON.parse(value), usual: usual === undefined ? undefined : JSON.parse(usual) });
    [this.section, this.key] = splitAnchor(place.id);
    this.title = place.querySelector(".name").textContent;
    const rows = place.querySelector(".rows");
    this.control = rows ?? place.querySelector(".control :is(input, select)");
    this.editor = rows && rowsEditor(this, rows);
    this.isFixed = this.control.disabled === true;
    this.swatch = place.querySelector("[type=color]");
    if (kind === "secret") this.offerClearing();
    this.show();
  }

  get value() {
    if (this.editor) return this.editor.value;
    if (this.kind === "switch") return this.control.checked ? "true" : "false";
    if (this.kind === "percent") return `${this.control.value}%`;
    if (this.kind === "secret") return this.isCleared ? "" : this.control.value || this.base;
    return this.control.value;
  }

  set value(value) {
    if (this.editor) this.editor.value = value;
    else if (this.kind === "switch") this.control.checked = plain("switch", value) === "true";
    else if (this.kind === "secret") Object.assign(this.control, { value: "" });
    else this.set(plain(this.kind, value));
    this.isCleared = false;
    this.show();
  }

  // The value, also of a secret that was being typed or cleared.
  put(value) {
    this.value = value;
    if (this.kind !== "secret" || value === this.base) return;
    this.isCleared = value === "";
    this.control.value = value;
    this.show();
  }

  // A value that the choices lack becomes one of them.
  set(value) {
    this.control.value = value;
    if (this.control.localName === "select" && this.control.value !== value) this.control.add(new Option(value || text("settings.no_file"), value, false, true));
  }

  isUnsaved() {
    return !this.isFixed && plain(this.kind, this.value) !== plain(this.kind, this.base);
  }

  isChanged() {
    return this.kind !== "secret" && this.usual !== null && this.usual !== undefined && plain(this.kind, this.value) !== plain(this.kind, this.usual);
  }

  isSame = (one, other) => plain(this.kind, one) === plain(this.kind, other);

  // What the file has now; a value that is not saved yet stays.
  rebase(base) {
    const isOwn = this.isUnsaved();
    this.base = base;
    if (!isOwn) this.value = base;
    this.show();
  }

  saved() {
    this.base = this.kind === "secret" ? this.value && MASK : this.value;
    this.value = this.base;
  }

  show() {
    this.place.classList.toggle("unsaved", this.isUnsaved());
    if (this.swatch) this.swatch.value = hex(this.value);
    if (this.kind === "secret") this.showSecret();
    this.showDefault();
    if (this.hasFault) this.fault(this.mistake());
  }

  showDefault() {
    const line = this.place.querySelector(".changed");
    if (!this.isChanged()) return line?.remove();
    if (line?.querySelector("button")) return;
    line?.remove();
    const reset = element("button", { type: "button", class: "quiet", "data-reset": "", "aria-label": text("settings.reset_of", { name: this.title }) }, text("settings.reset"));
    this.place.append(element("p", { class: "changed" }, text("settings.changed"), " ", element("span", {}, this.words(this.usual)), " ", reset));
  }

  showSecret() {
    this.control.placeholder = this.isCleared ? text("settings.secret.cleared") : this.words(this.base);
    this.clearing.hidden = !this.base;
    this.revealing.hidden = !this.control.value;
    if (!this.control.value) this.reveal(false);
    this.clearing.textContent = this.isCleared ? text("settings.secret.keep") : text("settings.secret.clear");
  }

  offerClearing() {
    this.clearing = element("button", { type: "button", class: "quiet", "data-clear": "" });
    this.revealing = element("button", { type: "button", class: "quiet", click: () => this.reveal(this.control.type === "password") });
    this.control.after(this.revealing, this.clearing);
  }

  // What is being typed may be seen; what is saved never comes here.
  reveal(isSeen) {
    this.control.type = isSeen ? "text" : "password";
    this.revealing.textContent = isSeen ? text("settings.secret.hide") : text("settings.secret.show");
  }

  clear() {
    this.isCleared = !this.isCleared;
    this.control.value = "";
    this.show();
  }

  // The value in words; a secret is never shown.
  words(value) {
    if (this.kind === "secret") return value ? text("settings.secret.set") : text("settings.secret.none");
    if (this.kind === "switch") return plain("switch", value) === "true" ? text("settings.on") : text("settings.off");
    if (this.editor) return this.editor.words(value) || text("settings.empty");
    const choice = this.control.options && [...this.control.options].find((option) => option.value === plain(this.kind, value));
    return choice?.text || String(value) || text("settings.empty");
  }

  // What is wrong with the value as far as the page knows; "" where nothing is.
  mistake() {
    const { kind, control, value } = this;
    if (kind === "colour" && !CSS.supports("color", value) && !NAMED_COLOUR.test(value)) return text("settings.colour");
    if (kind === "languages" && !this.editor.isInherited && !value.every((code) => LANGUAGE.test(code))) return text("settings.language");
    if (!["number", "offset", "percent"].includes(kind) || control.validity?.valid !== false && control.value !== "") return "";
    const { min: lowest, max: highest } = control;
    if (control.value === "" || control.validity.stepMismatch) return text("settings.number");
    return highest ? text("settings.between", { lowest, highest }) : text("settings.at_least", { lowest });
  }

  // The sentence stands at the setting until its value is right; that of the server is English.
  fault(sentence, language = null) {
    let line = this.place.querySelector(".problem");
    this.hasFault = Boolean(sentence);
    this.control.toggleAttribute("aria-invalid", this.hasFault);
    if (this.hasFault) this.control.setAttribute("aria-invalid", "true");
    if (!sentence) return line?.remove();
    line ??= this.place.querySelector(".control").appendChild(element("p", { class: "problem", role: "alert" }));
    if (language) line.lang = language;
    else line.removeAttribute("lang");
    say(line, sentence);
  }

  focus() {
    (this.editor ? this.control.querySelector("input, select, button") : this.control)?.focus();
  }
}

// Names of sections have no dot, those of settings may.
function splitAnchor(anchor) {
  const dot = anchor.indexOf(".");
  return [anchor.slice(0, dot), anchor.slice(dot + 1)];
}

// The picker knows six digits only; a name is asked of the canvas.
function hex(value) {
  if (HEX.test(value)) return value.slice(0, 7);
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = value;
  return HEX.test(canvas.fillStyle) ? canvas.fillStyle : "#000000";
}
