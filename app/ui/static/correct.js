// A title is corrected while the engine draws it; when that is done, the pictures with the same fault are shown.

import { AlikePictures } from "./alike-pictures.js";
import { element, find, say } from "./element.js";
import { FollowedRuns } from "./followed-runs.js";
import { LivePage } from "./live.js";
import { LivePreview } from "./live-preview.js";
import { attempt } from "./notice.js";
import { ask, post } from "./server.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

const SLIDERS = { size: 100, move: 0, shade: 0 };
const FAINT = 3;
// The catalogue follows a run by about a second.
const LATER = 1500;
const REST = 900;
const form = find("correct-form");
const { asset, kind } = find("correct").dataset;
const path = asset.split("/").map(encodeURIComponent).join("/");
const field = (name) => form.elements[name];

function correction() {
  const typed = field("text");
  const own = typed && typed.value.trim() && typed.value !== typed.dataset.usual ? typed.value : "";
  return { text: own, ...Object.fromEntries(Object.keys(SLIDERS).map((name) => [name, Number(field(name).value)])) };
}

const isChanged = () => [...form.elements].some((one) => one.name && one.value !== one.defaultValue);

const preview = new LivePreview(find("tried"), () => ({ kind, asset, correct: correction() }), { words: find("tried-words"), rest: REST });
find("tried").addEventListener("drawn", ({ detail }) => {
  const { sizes, lines, contrasts } = detail.text;
  if (!sizes?.length) return say(find("tried-measure"), "");
  const faint = contrasts?.[0] && contrasts[0] < FAINT ? ` ${text("correct.measure.faint")}` : "";
  say(find("tried-measure"), text("correct.measure", { size: sizes[0], lines: lines[0], contrast: contrasts?.[0]?.toFixed(1) ?? "?" }) + faint);
});

function shown() {
  for (const name of Object.keys(SLIDERS)) say(find(`out-${name}`), `${field(name).value} %`);
  const changed = isChanged();
  if (changed) find("correct-fields").dataset.busy = "typing";
  else delete find("correct-fields").dataset.busy;
  find("take").disabled = !changed;
  const { text: typed, ...numbers } = correction();
  find("usual").disabled = !typed && Object.entries(SLIDERS).every(([name, usual]) => numbers[name] === usual);
}

function changed() {
  shown();
  preview.change();
}

function toUsual() {
  if (field("text")) field("text").value = field("text").dataset.usual;
  for (const [name, usual] of Object.entries(SLIDERS)) field(name).value = usual;
  changed();
}

// When a run of corrections has ended, its sentence says how many others have the same fault.
class CorrectionRuns extends FollowedRuns {
  async ended(run) {
    const found = run.status === "completed" && this.own.has(run.id) ? await ask(`api/assets/${path}/alike`).catch(() => null) : null;
    const total = found?.fault ? found.total : 0;
    if (total) this.awaited.set(run.id, total === 1 ? text("correct.done.one") : text("correct.done.more", { count: total }));
    super.ended(run);
    if (total) find("notice-text").append(" ", element("a", { href: "#alike" }, text("correct.see")));
  }

  own = new Set();
}

class CorrectPage extends LivePage {
  async refresh() {
    await super.refresh();
    shown();
    if (!isChanged()) preview.change();
  }
}

const runs = new CorrectionRuns(() => setTimeout(() => renew(), LATER));
const alike = new AlikePictures(kind, (run, now, done) => runs.follow(run, now, done));
const live = new CorrectPage({ matters });

function matters(name, fields) {
  runs.heard(name, fields);
  if (name === "run_ended") setTimeout(renew, LATER);
  return name === "reset";
}

function renew() {
  live.soon();
  alike.renew();
}

async function take(event) {
  event.preventDefault();
  if (find("take").disabled) return;
  find("take").disabled = true;
  const answer = await attempt(() => post("api/corrections", { corrections: [{ asset, ...correction() }] }));
  if (!answer) return shown();
  // What is saved is what the fields begin with from now on.
  for (const one of form.elements) if (one.name) one.defaultValue = one.value;
  saved();
  shown();
  runs.own.add(answer.run_id);
  runs.follow(answer.run_id, answer.queued ? text("correct.queued") : text("correct.drawing"), text("correct.done"));
}

const saved = guardForm(form);
form.addEventListener("input", changed);
form.addEventListener("submit", take);
form.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.requestSubmit(find("take")));
find("usual").addEventListener("click", toUsual);
document.addEventListener("taken-back", () => live.soon());
changed();
