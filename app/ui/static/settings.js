// The page of the settings: fields, what is seen of them, and what is not saved yet.

import { enable, find, say } from "./element.js";
import { onKeys } from "./page-keys.js";
import { priceTag } from "./price-tag.js";
import { offerBackups } from "./settings-backups.js";
import { Field } from "./settings-field.js";
import { fillFiles } from "./settings-files.js";
import { SettingsIndex } from "./settings-index.js";
import { listLibraries } from "./settings-libraries.js";
import { SettingsPreview } from "./settings-preview.js";
import { SettingsSaving } from "./settings-saving.js";
import { mendAddress, testConnection } from "./settings-tests.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

const form = find("settings");

function begin() {
  const fields = [...form.querySelectorAll(".setting")].map((place) => new Field(place));
  const named = new Map(fields.map((field) => [field.name, field]));
  const at = (event) => named.get(event.target.closest?.(".setting")?.dataset.name);
  // Where a person goes on when the bar that has the focus goes away.
  let edited = null;
  const saving = new SettingsSaving(fields, shown);
  const preview = new SettingsPreview(changes);
  const index = new SettingsIndex(fields);
  const price = priceTag(find("price"), () => (changes() ? { settings: changes() } : null));
  guardForm(find("unsaved"));

  // What is not saved as {section: {name: value}}, without secrets and what is wrong; null where there is none.
  function changes() {
    const right = saving.unsaved().filter((field) => field.kind !== "secret" && !field.mistake());
    const found = {};
    for (const field of right) (found[field.section] ??= {})[field.key] = field.value;
    return right.length ? found : null;
  }

  // The guard looks at a form that holds what is not saved, and no secret.
  function shown() {
    const unsaved = saving.unsaved();
    const isLeft = unsaved.length === 0 && find("save-bar").contains(document.activeElement);
    find("save-bar").hidden = unsaved.length === 0;
    if (isLeft) (edited ?? find("search")).focus({ preventScroll: true });
    say(find("unsaved-count"), unsaved.length ? text("settings.unsaved", { count: unsaved.length }) : "");
    find("changed-count").textContent = fields.filter((field) => field.isChanged()).length;
    const guarded = find("unsaved").elements.changes;
    guarded.value = unsaved.length ? JSON.stringify(unsaved.map((field) => [field.name, field.kind === "secret" || field.value])) : "";
    guarded.dispatchEvent(new Event("input", { bubbles: true }));
    preview.change();
    price();
  }

  function typed(event) {
    const field = at(event);
    if (!field) return;
    edited = event.target;
    if (event.target === field.swatch) field.control.value = field.swatch.value;
    if (field.kind === "secret" && field.control.value) field.isCleared = false;
    field.show();
    shown();
  }

  function left(event) {
    const field = at(event);
    if (!field) return;
    if (field.kind === "address") mendAddress(field);
    field.fault(field.mistake());
    shown();
  }

  function press(event) {
    const button = event.target.closest("button");
    const field = at(event);
    if (!button || !field) return;
    const { reset, clear, test, libraries } = button.dataset;
    if (reset !== undefined) restore(field);
    if (clear !== undefined) field.clear();
    if (test) testConnection(named, button);
    if (libraries) listLibraries(named, libraries);
    shown();
  }

  function restore(field) {
    field.value = field.usual;
    field.fault("");
    field.focus();
  }

  function keyed(event) {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    saving.save();
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", left);
  form.addEventListener("click", press);
  form.addEventListener("submit", (event) => (event.preventDefault(), saving.save()));
  // What lies above the bar has to know how high it is.
  new ResizeObserver(([{ target }]) => document.documentElement.style.setProperty("--save", target.offsetHeight ? `${target.offsetHeight + 8}px` : "0px")).observe(find("save-bar"));
  fillFiles(form, named);
  find("save").addEventListener("click", () => saving.save());
  find("discard").addEventListener("click", () => saving.discard());
  document.addEventListener("keydown", keyed);
  document.addEventListener("point-out", ({ detail: field }) => index.reveal(field));
  onKeys({ "/": () => find("search").focus() });
  offerBackups(named, saving);
  enable(form);
  if ("readOnly" in form.dataset) find("save").disabled = true;
  shown();
}

if (form) begin();
