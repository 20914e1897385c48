// A poster by hand: drawn while it is typed, cut by hand, and put where it belongs.

import { element, enable, find, say } from "./element.js";
import { remember } from "./last-change.js";
import { LivePreview } from "./live-preview.js";
import { MadePicture } from "./make-picture.js";
import { MadePlace } from "./make-place.js";
import { patience } from "./notice.js";
import { address, post } from "./server.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

// When nothing has changed for so long, the picture is drawn in full size.
const REST = 700;
const PATIENCE = 60000;
const WIDE = ["background", "title_card"];
const WITH_SECOND = ["season", "title_card", "collection"];
const OF_SHOWS = ["season", "title_card"];
const form = find("make");

const kind = () => ({ name: form.elements.kind.value, ratio: WIDE.includes(form.elements.kind.value) ? 16 / 9 : 2 / 3 });

// A blank text is that of the artwork that is chosen, and none for a new one.
function wording(field) {
  if (form.elements.bare.checked) return "";
  return field.value.trim() ? field.value : place.known ? null : "";
}

function body() {
  const { title, second } = form.elements;
  const texts = { title: wording(title), second: WITH_SECOND.includes(kind().name) ? wording(second) : null };
  // On the empty page a sample shows what will come.
  if (!source.token && !place.known && !title.value && !form.elements.bare.checked) Object.assign(texts, { title: null, second: null });
  return { kind: kind().name, asset: place.known, upload: source.token, crop: source.crop, ...texts };
}

function changed() {
  if (!source || !place) return;
  find("put").disabled = !(source.token || place.known);
  find("put-said").replaceChildren();
  form.dispatchEvent(new Event("input"));
  preview.change();
}

function showKind() {
  for (const part of document.querySelectorAll("[data-of]")) part.hidden = !part.dataset.of.split(" ").includes(kind().name);
  find("making").classList.toggle("wide", kind().ratio > 1);
}

function turnKind() {
  showKind();
  if (OF_SHOWS.includes(kind().name)) find("search").elements.medium.value = "tv";
  source.reshape();
  place.begin();
  changed();
}

async function put(event) {
  event.preventDefault();
  const button = find("put");
  const refused = find("put-refused");
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  refused.hidden = true;
  try {
    done(await post("api/made-pictures", { ...body(), place: place.value() }, PATIENCE));
  } catch (error) {
    if (error.status === undefined) throw error;
    refused.hidden = false;
    say(refused, patience(error));
  }
  button.disabled = false;
  button.removeAttribute("aria-busy");
}

function done({ path, run_id: run }) {
  saved();
  remember(text("make.done", { path }), { run });
  const shown = `server/picture/${path.split("/").map(encodeURIComponent).join("/")}`;
  find("put-said").replaceChildren(element("a", { href: address(shown) }, text("make.show")));
}

let source = null;
let place = null;
const preview = new LivePreview(find("drawn"), body, { words: find("drawn-said"), rest: REST });
showKind();
source = new MadePicture(form, kind, changed);
place = new MadePlace(find("place"), kind, changed);
const saved = guardForm(form);
enable(find("making"));
form.addEventListener("input", ({ target }) => target !== form && changed());
form.elements.kind.addEventListener("change", turnKind);
form.addEventListener("submit", (event) => event.preventDefault());
find("place").addEventListener("submit", put);
document.addEventListener("taken-back", () => find("put-said").replaceChildren());
// The search begins with the words of the poster.
find("providers").addEventListener("toggle", () => (find("search").elements.title.value ||= form.elements.title.value));
changed();
place.search();
