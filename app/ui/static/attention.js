// What needs a person, worked through one picture after the other: with the keys, the mouse or a finger.

import { onArtworkChange } from "./artwork-events.js";
import { CaseList, unhide } from "./case-list.js";
import { element, find, say } from "./element.js";
import { decide } from "./frame.js";
import { attempt, tell } from "./notice.js";
import { address, post, remove } from "./server.js";
import { text } from "./texts.js";

const SOON = 400;
const FEW = 12;
const MOST_UNDOABLE = 100;
const DONE = {
  ignore: (title) => text("attention.done.ignore", { title }),
  until_new: (title) => text("attention.done.until_new", { title }),
  again: (title) => text("attention.done.again", { title }),
  renew: (title) => text("attention.done.renew", { title }),
};
const number = (value) => value.toLocaleString(document.documentElement.lang);
const undoable = [];
let cases, timer;

// The list

function begin(focus) {
  cases = new CaseList(find("found"), { moved: shown, ended: turn });
  unhide(find("found"));
  if (focus) cases.focus(focus === "last" ? cases.last : cases.first);
}

function shown() {
  const { number: place, total } = cases;
  if (place) say(find("place"), text("attention.place", { number: number(place), total: number(total) }));
  else say(find("place"), total === 1 ? text("attention.one") : text("attention.total", { total: number(total) }));
}

async function pageOf(way) {
  const answer = await fetch(way, { cache: "no-cache" }).catch(() => null);
  if (answer?.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
  if (answer?.ok && !answer.redirected) return new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer) tell(text("attention.unreachable"), "bad");
  return null;
}

function addressAt(place) {
  const wanted = new URL(location.href);
  for (const name of ["after", "before"]) wanted.searchParams.delete(name);
  for (const [name, value] of Object.entries(place)) wanted.searchParams.set(name, value);
  return wanted;
}

async function load(way, focus) {
  const fresh = await pageOf(way);
  if (!fresh) return;
  history.replaceState(null, "", way);
  find("found").replaceWith(document.adoptNode(fresh.getElementById("found")));
  find("concerns").replaceChildren(...fresh.getElementById("concerns").childNodes);
  begin(focus);
}

// The keys have gone beyond one end of the list: the page behind it is loaded.
function turn(direction) {
  const { next, previous } = find("found").dataset;
  if (direction > 0 && next) load(addressAt({ after: next }), "first");
  if (direction < 0 && previous) load(addressAt({ before: previous }), "last");
}

// What has been worked off makes room for what comes behind it.
async function refill() {
  const { next } = find("found").dataset;
  const fresh = await pageOf(next && cases.count < FEW ? addressAt({ after: cases.end ?? next }) : location.href);
  if (!fresh) return;
  for (const id of ["concerns", "ways"]) replace(find(id), fresh.getElementById(id));
  if (next && cases.count < FEW) cases.append(fresh.getElementById("found"));
  if (!cases.count) load(addressAt({}));
}

function replace(part, fresh) {
  const here = part.contains(document.activeElement) ? document.activeElement : null;
  const [id, way] = [here?.id, here?.getAttribute("href")];
  part.replaceChildren(...fresh.childNodes);
  unhide(part);
  if (here) (find(id) ?? part.querySelector(`[href="${CSS.escape(way)}"]`) ?? find("main")).focus();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refill, SOON);
}

// Actions

const titleOf = (one) => one.querySelector("h2").textContent;

async function act(one, name) {
  const button = one?.querySelector(`[data-act=${name}]`);
  if (!button || button.disabled) return;
  const spot = cases.take(one);
  const undo = await attempt(() => ORDERS[name](one.dataset));
  if (!undo) return cases.put(one, spot);
  undoable.push({ undo, one, spot, title: titleOf(one), list: cases });
  if (undoable.length > MOST_UNDOABLE) undoable.shift();
  offerUndo(DONE[name](titleOf(one)));
  soon();
}

// Each answers how it is taken back.
const ORDERS = {
  ignore: (facts) => ignore(facts, false),
  until_new: (facts) => ignore(facts, true),
  again: async (facts) => {
    await remove(`api/attention/ignores/${facts.ignore}`);
    return async () => {
      const { id } = await post("api/attention/ignores", { concern: concern(), entry: facts.entry });
      facts.ignore = id;
    };
  },
  renew: async ({ path }) => {
    const { run_id: run, failed } = await post("api/assets/bulk-edit", { action: "release", paths: [path] });
    if (failed.length) return tell(failed[0].error, "bad");
    return () => post(`api/runs/${run}/undo`, {});
  },
};

const concern = () => find("found").dataset.concern;

async function ignore({ entry }, isUntilNew) {
  const { id } = await post("api/attention/ignores", { concern: concern(), entry, until_new: isUntilNew });
  return () => remove(`api/attention/ignores/${id}`);
}

// A run that makes this one alone and uploads it, whatever lies there: asked before, because it replaces that.
async function take(one) {
  find("taking-title").textContent = text("attention.take_which", { title: titleOf(one) });
  if ((await decide(find("taking"))) !== "do") return;
  const started = await attempt(() => post("api/attention/retry", { assets: [one.dataset.asset] }));
  if (!started) return;
  one.querySelector("[data-act=take]").disabled = true;
  cases.step(1);
  tell(text("attention.done.take", { title: titleOf(one) }));
  const way = address(`server/runs/${started.run_id}`);
  find("notice-text").append(" ", element("a", { href: way }, text("attention.to_run")));
}

function renew(one) {
  const place = one?.querySelector("[data-act=take]");
  if (place) return place.disabled ? undefined : take(one);
  if (one?.querySelector("[data-act=renew]")) return act(one, "renew");
  if (one) tell(text("attention.nothing_to_renew"));
}

const labelOfConcern = () => document.querySelector("#concerns [aria-current]").firstChild.textContent.trim();
const filterOf = (library, kind, search) => ({ library: library || null, kind: kind || null, search });

async function ignoreAll() {
  const { library, kind, search, total } = find("found").dataset;
  const label = labelOfConcern();
  find("ignoring-title").textContent = text("attention.ignore_which", { count: number(Number(total)), concern: label });
  if ((await decide(find("ignoring"))) !== "do") return;
  const order = { concern: concern(), filter: filterOf(library, kind, search) };
  const done = await attempt(() => post("api/attention/ignores", order));
  if (!done) return;
  undoable.push({ undo: () => remove(`api/attention/ignores/${done.id}`), title: label });
  await load(addressAt({}));
  offerUndo(text("attention.done.all"));
}

async function showAgain({ dataset: { back, library, kind, search } }) {
  if (!(await attempt(() => remove(`api/attention/ignores/${back}`)))) return;
  const order = { concern: concern(), filter: filterOf(library, kind, search) };
  const title = [library, kind, search].filter(Boolean).join(" · ") || labelOfConcern();
  undoable.push({ undo: () => post("api/attention/ignores", order), title });
  await load(addressAt({}), "first");
  offerUndo(text("attention.done.again", { title }));
}

function offerUndo(words) {
  tell(words);
  find("notice-text").append(" ", element("button", { type: "button", click: undoLast }, text("attention.undo")));
}

async function undoLast() {
  const last = undoable.pop();
  if (!last) return tell(text("attention.nothing_to_undo"));
  if (!(await attempt(async () => (await last.undo(), true)))) return undoable.push(last);
  tell(text("attention.undone", { title: last.title }));
  if (last.one && last.list === cases) cases.put(last.one, last.spot);
  else await load(addressAt({}), "first");
  soon();
}

// Keys and presses

const KEYS = {
  j: () => cases.step(1),
  k: () => cases.step(-1),
  ArrowRight: () => cases.step(1),
  ArrowLeft: () => cases.step(-1),
  ArrowDown: () => cases.step(cases.columns),
  ArrowUp: () => cases.step(-cases.columns),
  i: () => act(cases.current, find("found").hasAttribute("data-ignored") ? "again" : "ignore"),
  n: () => act(cases.current, "until_new"),
  r: () => renew(cases.current),
  u: undoLast,
};

function press(event) {
  const isElsewhere = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
  const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  if (isElsewhere || isHeld || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
}

function click({ target }) {
  const one = target.closest("#cases > li");
  if (target.dataset.act === "take") take(one);
  else if (target.dataset.act) act(one, target.dataset.act);
  else if (target.dataset.back) showAgain(target);
  else if (target.id === "ignore-all") ignoreAll();
  else if (one && target.closest("a")) history.replaceState({ entry: one.dataset.entry }, "");
}

find("narrow")?.addEventListener("change", ({ target }) => target.matches("select") && target.form.requestSubmit());
document.addEventListener("keydown", press);
document.addEventListener("click", click);
const { entry } = history.state ?? {};
begin();
if (entry) cases.focus(cases.named(entry));
// Whoever is not working in the list sees it anew; for whoever is only the counts change.
onArtworkChange(() => (cases.current ? soon() : load(new URL(location.href))));
