// Connections are tested with the values that stand on the page, saved or not.

import { say } from "./element.js";
import { patience } from "./notice.js";
import { post } from "./server.js";
import { ACCESS } from "./settings-libraries.js";
import { text } from "./texts.js";

const KEYS = { tmdb: ["tmdbtoken", "token"], fanart: ["FanartTvAPIKey", "api_key"], discord: ["Discord", "webhook_url"], apprise: ["AppriseUrl", "url"], uptimekuma: ["UptimeKumaUrl", "url"] };
const PATIENCE = 70000;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

// A missing scheme and closing slashes are mended, as a person means them.
export function mendAddress(field) {
  const typed = field.value.trim();
  if (!typed) return;
  field.value = (SCHEME.test(typed) ? typed : `http://${typed}`).replace(/\/+$/, "");
}

export async function testConnection(fields, button) {
  const place = button.nextElementSibling;
  const server = Object.keys(ACCESS).find((name) => name.toLowerCase() === button.dataset.test);
  if (server) mendAddress(fields.get(ACCESS[server][0]));
  button.disabled = true;
  place.className = "";
  say(place, text("settings.testing"));
  const answer = await post(`api/validate/${button.dataset.test}`, given(fields, button.dataset.test, server), PATIENCE).catch((error) => failed(error));
  button.disabled = false;
  place.className = answer.valid ? "works" : "fails";
  place.replaceChildren(answer.valid ? text("settings.works") : text("settings.fails"), " ", said(answer.message));
}

function given(fields, service, server) {
  const value = (name) => fields.get(name).value;
  if (server) return { url: value(ACCESS[server][0]), [ACCESS[server][2]]: value(ACCESS[server][1]) };
  // The PIN of TVDB stands behind its key.
  if (service === "tvdb") return withPin(value("tvdbapi"));
  return { [KEYS[service][1]]: value(KEYS[service][0]) };
}

function withPin(value) {
  const [key, pin = ""] = value.split("#");
  return { api_key: key, pin };
}

function failed(error) {
  if (error.status === undefined) throw error;
  return { valid: false, message: patience(error) };
}

function said(message) {
  const words = document.createElement("span");
  words.lang = "en";
  words.textContent = message;
  return words;
}
