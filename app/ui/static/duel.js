// Two pictures, one key: what was chosen goes to the server, and the next two come.

import { element, enable, find } from "./element.js";
import { decide } from "./frame.js";
import { remember } from "./last-change.js";
import { attempt } from "./notice.js";
import { onKeys } from "./page-keys.js";
import { priceTag } from "./price-tag.js";
import { address, post, remove } from "./server.js";
import { text } from "./texts.js";

let isBusy = false;
let offered = null;
const price = priceTag(find("using-price"), () => offered && { settings: offered });

// What the server shows now; the focus stays on the side where it was.
async function renew() {
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (answer?.redirected) return document.dispatchEvent(new CustomEvent("unwelcome"));
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("duel");
  const focused = find("duel").contains(document.activeElement) ? document.activeElement.id : "";
  find("duel").replaceChildren(...fresh.childNodes);
  enable(find("duel"));
  if (focused) (find(focused) ?? find("ring-title")).focus({ preventScroll: true });
}

// One thing at a time: a key that is held must not choose for pictures that are not seen yet.
async function act(ask) {
  if (isBusy) return;
  isBusy = true;
  find("duel").setAttribute("aria-busy", "true");
  if (await attempt(ask)) await renew();
  for (const shown of document.querySelectorAll(".chosen, .left-behind")) shown.classList.remove("chosen", "left-behind");
  find("duel").removeAttribute("aria-busy");
  isBusy = false;
}

function choose(side) {
  const button = find(`take-${side}`);
  if (!button || isBusy) return;
  const { won, lost } = button.dataset;
  for (const each of document.querySelectorAll(".contender")) each.classList.add(each === button ? "chosen" : "left-behind");
  act(() => post("api/duel/choices", { asset: find("ring").dataset.asset, won, lost }));
}

const skip = () => find("ring") && act(() => post("api/duel/skips", { asset: find("ring").dataset.asset }));
const back = () => find("back") && !find("back").hidden && act(() => remove("api/duel/choices/last"));

async function use(button) {
  offered = JSON.parse(button.dataset.settings);
  find("using-words").textContent = button.dataset.words;
  price();
  const answer = await decide(find("using"));
  const settings = offered;
  offered = null;
  if (answer !== "use") return;
  const saved = await attempt(() => post("api/config/import", settings));
  if (!saved) return;
  const { backup: file, revision } = saved;
  if (file) remember(text("duel.used"), () => post("api/config/restore", { file, revision }));
  find("notice-text").append(" ", element("a", { href: address("server/runs") }, text("duel.plan")));
  renew();
}

function press({ target }) {
  const button = target.closest?.("#duel button");
  if (!button) return;
  if (button.matches(".contender")) choose(button.id.replace("take-", ""));
  else if (button.id === "skip") skip();
  else if (button.id === "back") back();
  else if (button.matches(".use")) use(button);
}

document.addEventListener("click", press);
document.addEventListener("taken-back", renew);
onKeys({ ArrowLeft: () => choose("left"), ArrowRight: () => choose("right"), s: skip, u: back });
enable(find("duel"));
