// A sentence in the place of a picture of a plan that its provider does not give, or the store not any more.

import { element } from "./element.js";
import { text } from "./texts.js";

const failed = new Set();

const excuse = (image) => image.replaceWith(element("span", { class: "absent" }, text("run.not_shown")));

// Those that failed before, in a part that is about to be shown: they are not asked for again.
export function excuseFailed(place) {
  for (const image of place.querySelectorAll("img[data-coming]")) if (failed.has(image.getAttribute("src"))) excuse(image);
}

// The script of the session sends the event anew where the failure was not for want of a sign-in.
function miss({ isTrusted, target }) {
  if (isTrusted || !target.matches?.("img[data-coming]")) return;
  failed.add(target.getAttribute("src"));
  excuse(target);
}

document.addEventListener("error", miss, true);
