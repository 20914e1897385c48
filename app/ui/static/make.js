// A poster by hand, drawn while it is typed.

import { find } from "./element.js";
import { LivePreview } from "./live-preview.js";

const REST = 700;
const form = find("make");
const WITH_SECOND = ["season", "title_card"];

function body() {
  const { kind, title, second } = form.elements;
  const texts = { title: title.value || null, second: WITH_SECOND.includes(kind.value) ? second.value || null : null };
  return { kind: kind.value, ...texts };
}

const preview = new LivePreview(find("drawn"), body, { rest: REST });

function change() {
  find("second").hidden = !WITH_SECOND.includes(form.elements.kind.value);
  preview.change();
}

form.addEventListener("input", change);
change();
