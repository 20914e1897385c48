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

// Live regions speak at every assignment; the same words are not said twice.
export function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

// Buttons that only a script answers are rendered disabled.
export const enable = (place) => place.querySelectorAll("button:disabled").forEach((button) => (button.disabled = false));
