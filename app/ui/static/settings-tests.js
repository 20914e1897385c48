// Connections are tested with the values that stand on the page, saved or not.

import { find, say } from "./element.js";
import { patience } from "./notice.js";
import { post } from "./server.js";
import { ACCESS } from "./settings-libraries.js";
import { text } from "./texts.js";

const KEYS = { tmdb: ["tmdbtoken", "token"], fanart: ["FanartTvAPIKey", "api_key"], discord: ["Discord", "webhook_url"], apprise: ["AppriseUrl", "url"], uptimekuma: ["UptimeKumaUrl", "url"] };
const PATIENCE = 70000;
const NAMES = { plex: "Plex", jellyfin: "Jellyfin", emby: "Emby", tmdb: "TMDB", tvdb: "TVDB", fanart: "Fanart.tv" };
const HOSTS = { tmdb: "api.themoviedb.org", tvdb: "api4.thetvdb.com", fanart: "webservice.fanart.tv" };
// What is wrong, by the part of the access that is.
const faults = JSON.parse(find("faults")?.textContent ?? "{}");
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
  place.replaceChildren(...(answer.valid ? success(answer) : failure(answer, button.dataset.test, server && fields.get(ACCESS[server][0]).value)));
}

// The name of the server says whether it is the one that was meant.
function success({ details = {} }) {
  if (details.receivers) return [text("settings.sent")];
  return [text("settings.works"), " ", [details.server_name, details.version].filter(Boolean).join(" ")];
}

function failure({ fault, message, details = {} }, service, url) {
  const host = (url ?? "").replace(SCHEME, "") || HOSTS[service];
  const values = { host, server: NAMES[service], kind: details.kind ?? "?" };
  if (faults[fault] && (fault !== "kind" || details.kind)) return [faults[fault].replace(/\{(\w+)\}/g, (_, name) => values[name])];
  return [text("settings.fails"), " ", said(message)];
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
