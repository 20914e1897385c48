// The choice of fonts and overlays: those that are there, and another one that is sent.

import { element, find } from "./element.js";
import { attempt, tell } from "./notice.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const UPLOAD = "\u0000upload";
const ACCEPTED = { font: ".ttf,.otf,.woff,.woff2", overlay: ".png,.jpg,.jpeg" };
const ADDRESS = { font: "api/fonts/upload", overlay: "api/overlayfiles/upload" };
const choices = JSON.parse(find("choices")?.textContent ?? "{}");

// The options are made when somebody is about to choose: there are many such settings, and many files.
export function fillFiles(form, fields) {
  const about = (event) => {
    const field = fields.get(event.target.closest?.(".setting")?.dataset.name);
    if (!field || !ACCEPTED[field.kind] || event.target !== field.control) return;
    field.present = field.control.value;
    fill(field);
  };
  form.addEventListener("pointerdown", about);
  form.addEventListener("focusin", about);
  form.addEventListener("input", (event) => event.target.value === UPLOAD && (event.stopImmediatePropagation(), upload(fields.get(event.target.name))), true);
}

function fill(field) {
  const { control, usual } = field;
  if (control.options.length > 1) return;
  const present = control.value;
  const names = [...new Set(["", usual, present, ...choices[field.kind]].filter((name) => typeof name === "string"))];
  const options = names.filter((name) => name || usual === "").map((name) => new Option(name || text("settings.no_file"), name, false, name === present));
  control.replaceChildren(...options, new Option(text("settings.upload"), UPLOAD));
  control.value = present;
}

async function upload(field) {
  field.control.value = field.present ?? field.base;
  const [file] = await chosen(ACCEPTED[field.kind]);
  if (!file) return;
  const form = new FormData();
  form.append("file", file);
  const answer = await attempt(() => post(ADDRESS[field.kind], form, 120000));
  if (!answer) return;
  choices[field.kind].push(answer.filename);
  field.value = answer.filename;
  tell(answer.message);
  field.control.dispatchEvent(new Event("input", { bubbles: true }));
}

function chosen(accept) {
  return new Promise((done) => {
    const input = element("input", { type: "file", accept, change: () => done([...input.files]), cancel: () => done([]) });
    input.click();
  });
}
