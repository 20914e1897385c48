// The backups that each save leaves: what one would change, and putting it back.

import { element, find, say } from "./element.js";
import { remember } from "./last-change.js";
import { attempt, patience } from "./notice.js";
import { ask, post } from "./server.js";
import { text } from "./texts.js";

const MASK = "<REDACTED>";
const language = document.documentElement.lang;

// `fields` by flat name say a value in words; `saving` has the revision and looks at the file afterwards.
export function offerBackups(fields, saving) {
  find("backups-open")?.addEventListener("click", () => open(fields, saving));
}

async function open(fields, saving) {
  find("backups").showModal();
  const answer = await ask("api/config/backups").catch((error) => told(error));
  if (!answer) return;
  find("backup-list").replaceChildren(...answer.backups.map((backup) => row(backup, fields, saving)));
  say(find("backup-problem"), answer.backups.length ? "" : text("settings.backups.none"));
}

function told(error) {
  if (error.status === undefined) throw error;
  say(find("backup-problem"), patience(error));
  return null;
}

function row({ file, created_at: moment }, fields, saving) {
  const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(moment));
  const changes = element("div");
  const part = element("details", { toggle: () => part.open && !changes.children.length && show(changes, file, fields, saving) }, element("summary", {}, when), changes);
  return element("li", {}, part);
}

async function show(place, file, fields, saving) {
  const answer = await ask(`api/config/backups/${encodeURIComponent(file)}/changes`).catch((error) => told(error));
  if (!answer) return;
  if (!answer.changes.length) return place.replaceChildren(element("p", { class: "hint" }, text("settings.backups.same")));
  const restore = element("button", { type: "button", class: "primary", click: () => putBack(file, fields, saving) }, text("settings.backups.restore", { count: answer.changes.length }));
  place.replaceChildren(element("ul", {}, ...answer.changes.map((change) => difference(change, fields))), restore);
}

function difference({ name, now, then }, fields) {
  const field = fields.get(name);
  const words = (value) => (value === MASK || !field ? shown(value) : field.words(value));
  return element("li", {}, element("b", {}, field?.title ?? name), " ", element("span", {}, `${words(now)} → ${words(then)}`));
}

function shown(value) {
  if (value === MASK) return text("settings.secret.other");
  return value === null ? text("settings.empty") : typeof value === "string" ? value : JSON.stringify(value);
}

async function putBack(file, fields, saving) {
  const answer = await attempt(() => post("api/config/restore", { file, revision: saving.revision }));
  if (!answer) return;
  find("backups").close();
  await saving.reload();
  remember(text("settings.backups.restored", { count: answer.changes_count }), () => undo(answer, saving));
}

async function undo({ backup, revision }, saving) {
  await post("api/config/restore", { file: backup, revision });
  await saving.reload();
  return {};
}
