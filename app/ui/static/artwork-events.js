// Calls back some time after artwork has changed, while somebody looks at the page.

import { Events } from "./events.js";

const KINDS = ["asset_updated", "asset_removed"];
// The catalogue follows the index by about a second.
const LATER = 1500;

export function onArtworkChange(changed) {
  let timer;
  let isConnected = false;
  // Pictures of a run that come all the time must not put it off until that ends.
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed();
    }, LATER);
  };
  // What has changed while there was no connection is no event.
  const back = () => {
    if (isConnected) soon();
    isConnected = true;
  };
  const heard = (kind) => [...KINDS, "reset"].includes(kind) && soon();
  const events = new Events({ also: KINDS, heard, lost: () => null, back });
  addEventListener("pageshow", (event) => event.persisted && soon());
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  document.addEventListener("welcome", () => (events.connect(), soon()));
}
