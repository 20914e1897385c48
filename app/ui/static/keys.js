// Creating and revoking keys.

import { find } from "./element.js";
import { decide } from "./frame.js";
import { LivePage } from "./live.js";
import { attempt, tell } from "./notice.js";
import { post, remove } from "./server.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

async function create(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const wanted = { name: form.get("name"), scopes: form.getAll("scope") };
  const created = await attempt(() => post("api/auth/keys", wanted));
  if (!created) return;
  event.target.reset();
  saved();
  page.soon();
  find("plain").textContent = created.key;
  find("created").hidden = false;
  find("copy").focus();
}

async function revoke({ target }) {
  const { revoke: id, name } = target.dataset;
  if (!id) return;
  find("revoking-title").textContent = text("keys.revoke_which", { name });
  if ((await decide(find("revoking"))) !== "revoke") return;
  if (await attempt(() => remove(`api/auth/keys/${id}`))) {
    target.closest("tr")?.remove();
    page.soon();
  }
}

// Browsers give the clipboard to encrypted pages only; elsewhere the key is marked, to be copied by hand.
async function copy() {
  if (!navigator.clipboard) return getSelection().selectAllChildren(find("plain"));
  await navigator.clipboard.writeText(find("plain").textContent);
  tell(text("keys.copied"));
}

// Keys are used and made without an event.
const page = new LivePage({ matters: (kind) => kind === "reset" });
const saved = guardForm(find("new-key"));
find("new-key").addEventListener("submit", create);
find("copy").addEventListener("click", copy);
document.addEventListener("click", revoke);
