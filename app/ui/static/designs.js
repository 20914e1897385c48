// The designs: taken, undone, exported, imported, saved, deleted, and looked at closely.

import { openClosely } from "./design-closer.js";
import { DesignDrop } from "./design-drop.js";
import { enable, find } from "./element.js";
import { remember } from "./last-change.js";
import { attempt, patience, tell } from "./notice.js";
import { planFirst } from "./plan-first.js";
import { post, remove } from "./server.js";
import { text } from "./texts.js";

// Every font and overlay is opened in a process of its own.
const LONG = 180000;
const saving = find("saving");
const designOf = (target) => target.closest("[data-id]");
const pathOf = (design, action = "") => `api/designs/${encodeURIComponent(design)}${action}`;

// The page as the server has it now: designs that are new come in, those that are gone leave.
async function renew() {
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (answer?.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of ["designs", "tools"]) exchange(find(place), fresh.getElementById(place));
  enable(find("main"));
  enableFile();
}

// The pictures that stay are not asked for again, and what has the focus keeps it.
function exchange(place, fresh) {
  const focused = document.activeElement?.closest?.("[data-id]")?.dataset.id;
  for (const design of fresh.querySelectorAll("[data-id]")) {
    const known = find(design.id)?.querySelector(".pictures");
    const pictures = design.querySelector(".pictures");
    if (known?.isEqualNode(pictures)) pictures.replaceWith(known);
  }
  place.replaceChildren(...fresh.childNodes);
  if (focused) find(`design-${focused}`)?.querySelector("summary")?.focus({ preventScroll: true });
}

function enableFile() {
  find("design-file").disabled = false;
}

function say(what, notes = [], isTaken = false) {
  find("told-what").textContent = what;
  find("told-notes").replaceChildren(...notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })));
  find("plan-first").hidden = !isTaken;
  find("told").hidden = false;
}

// Taking

async function take(design) {
  const { id, name } = design.dataset;
  const answer = await attempt(() => post(pathOf(id, "/take"), {}));
  if (!answer) return;
  remember(text("designs.taken", { name }), giveBack);
  say(text("designs.taken.means", { name }), renamed(answer.installed), true);
  await renew();
  // The design stands first now, and what can be done next above it.
  find("told").scrollIntoView({ block: "center" });
}

function renamed(installed) {
  const others = Object.entries(installed).filter(([own, kept]) => own !== kept);
  return others.map(([own, kept]) => text("designs.renamed", { own, kept }));
}

async function giveBack() {
  const answer = await post("api/designs/undo", {});
  find("told").hidden = true;
  await renew();
  return answer;
}

async function undo() {
  if (await attempt(giveBack)) tell(text("frame.taken_back"));
}

// The user's own designs

async function drop(design) {
  const { id, name } = design.dataset;
  if (!(await attempt(() => remove(pathOf(id))))) return;
  remember(text("designs.deleted", { name }), async () => {
    const answer = await post(pathOf(id, "/restore"), {});
    await renew();
    return answer;
  });
  await renew();
}

async function bring(file) {
  const form = new FormData();
  form.append("file", file);
  tell(text("designs.importing", { name: file.name }));
  const answer = await attempt(() => post("api/designs/import", form, LONG));
  if (answer) await kept(answer, text("designs.imported"));
}

async function kept({ id, notes }, what) {
  tell(what);
  await renew();
  const design = find(`design-${id}`);
  say(notes.length ? text("designs.left_out", { name: design.dataset.name }) : text("designs.kept", { name: design.dataset.name }), notes);
  design.scrollIntoView({ block: "nearest" });
}

function askForName() {
  find("saving-problem").hidden = true;
  saving.querySelector("form").reset();
  saving.showModal();
}

async function save(event) {
  event.preventDefault();
  const button = saving.querySelector(".primary");
  button.disabled = true;
  try {
    const answer = await post("api/designs", { name: event.target.elements.name.value.trim() }, LONG);
    saving.close();
    await kept(answer, text("designs.saved"));
  } catch (error) {
    if (error.status === undefined) throw error;
    find("saving-problem").textContent = patience(error);
    find("saving-problem").hidden = false;
  }
  button.disabled = false;
}

// What is pressed

async function press(event) {
  const closer = event.target.closest("[data-close]");
  if (closer && !event.ctrlKey && !event.metaKey && !event.shiftKey) return openClosely(event, closer);
  const button = event.target.closest("[data-take], [data-delete], [data-save]");
  if (!button) return;
  if ("save" in button.dataset) return askForName();
  button.disabled = true;
  await ("take" in button.dataset ? take : drop)(designOf(button));
  button.disabled = false;
}

document.addEventListener("click", press);
document.addEventListener("click", ({ target }) => target.closest("#undo-taking") && undo());
document.addEventListener("change", ({ target }) => {
  if (target.id !== "design-file" || !target.files[0]) return;
  bring(target.files[0]);
  target.value = "";
});
find("saving-form").addEventListener("submit", save);
find("saving-cancel").addEventListener("click", () => saving.close());
find("plan-first").addEventListener("click", planFirst);
new DesignDrop(find("drop-here"), bring);
enable(find("main"));
enableFile();
