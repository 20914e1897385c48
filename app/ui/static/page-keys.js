// Keys of a page: single letters, which do nothing while a person types, chooses or answers a dialog.

const ELSEWHERE = "input, select, textarea, [contenteditable], dialog";

// `keys` has a function for each key.
export function onKeys(keys) {
  document.addEventListener("keydown", (event) => {
    const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const isElsewhere = event.target.closest?.(ELSEWHERE) || document.querySelector("dialog[open]");
    if (isHeld || isElsewhere || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
