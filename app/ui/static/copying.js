// Putting a text on the clipboard, which browsers give to scripts of encrypted pages only.

import { element } from "./element.js";

// Answer whether it is there.
export async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  return copiedBySelection(text);
}

function copiedBySelection(text) {
  const before = document.activeElement;
  const field = element("textarea", { class: "unseen", readonly: true });
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  before?.focus();
  return isCopied;
}
