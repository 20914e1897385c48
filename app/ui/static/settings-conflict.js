// Settings that two sessions have changed: both values of each, and the choice between them.

import { element, find } from "./element.js";
import { decide } from "./frame.js";
import { text } from "./texts.js";

// Whether a person has chosen; a field whose other value was chosen has it then.
export async function settleConflict(fields, theirs) {
  find("conflicts").replaceChildren(...fields.map((field, place) => question(field, theirs[field.name], place)));
  if ((await decide(find("conflict"))) !== "save") return false;
  fields.forEach((field, place) => {
    const isTheirs = find("conflicts").querySelector(`[name="conflict-${place}"][value=theirs]`).checked;
    if (isTheirs) field.value = theirs[field.name];
  });
  return true;
}

function question(field, value, place) {
  const choice = (which, name, words, isChosen) => element("label", {}, element("input", { type: "radio", name: `conflict-${place}`, value: which, checked: isChosen }), ` ${name}: `, element("b", {}, words));
  const mine = field.kind === "secret" && field.value ? text("settings.secret.replace") : field.words(field.value);
  return element("fieldset", { class: "contested" }, element("legend", {}, field.title), choice("mine", text("settings.mine"), mine, true), choice("theirs", text("settings.theirs"), field.words(value), false), element("small", {}, text("settings.was", { value: field.words(field.base) })));
}
