// The preflight: started, with one setting changed beside the present ones if wanted, and followed.

import { find } from "./element.js";
import { LivePage } from "./live.js";
import { attempt, tell } from "./notice.js";
import { priceTag } from "./price-tag.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const form = find("preflight");
const page = new LivePage({});

function changed() {
  const { setting, value } = form.elements;
  if (!setting?.value || !value.value) return {};
  const [section, name] = setting.value.split("/");
  return { changed: { [section]: { [name]: value.value } } };
}

async function start(event) {
  event.preventDefault();
  const button = event.submitter ?? form.querySelector("button");
  button.disabled = true;
  const answer = await attempt(() => post("api/runs/preflight", changed()));
  button.disabled = false;
  if (!answer) return;
  tell(text("preflight.started"));
  page.soon();
}

function choose() {
  find("other").hidden = !form.elements.setting.value;
  form.elements.value.required = Boolean(form.elements.setting.value);
}

// What the whole library would cost with the other value.
function pricedChange() {
  const found = changed().changed;
  return found ? { settings: found } : null;
}

if (form) {
  form.addEventListener("input", priceTag(find("price"), pricedChange));
  form.addEventListener("submit", start);
  form.addEventListener("change", choose);
  form.querySelector("button").disabled = false;
}
