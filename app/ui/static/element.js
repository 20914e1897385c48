// Building parts of the page. Whatever comes from the server becomes text, never markup.

export const find = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) decorate(made, key, value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function decorate(made, key, value) {
  if (typeof value === "function") made.addEventListener(key, value);
  else if (value === true) made.setAttribute(key, "");
  else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
}

// Replace what a place shows only when the data is another, and keep the reader's focus.
export function show(place, data, build) {
  const shown = JSON.stringify(data);
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  place.replaceChildren(...[build(data)].flat().filter(Boolean));
  if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

// Tell why there is nothing to see; what was seen before stays.
export function excuse(place, error) {
  if (!place.dataset.shown) place.replaceChildren(element("p", { class: "empty" }, error.message));
}

// Live regions speak at every assignment; the same words are not said twice.
export function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
