// Calls back some time after artwork has changed, while somebody looks at the page.

import { address } from "./server.js";

const KINDS = ["asset_updated", "asset_removed", "reset"];
// The catalogue follows the index by about a second.
const LATER = 1500;

export function onArtworkChange(changed) {
  let source, timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, LATER);
  };
  const rest = () => source?.close();
  const connect = () => {
    rest();
    source = new EventSource(address("api/events"));
    for (const kind of KINDS) source.addEventListener(kind, soon);
  };
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => event.persisted && (connect(), soon()));
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : (connect(), soon())));
  document.addEventListener("welcome", () => (connect(), soon()));
  connect();
}
