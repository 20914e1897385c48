// The sentence that the connection is lost, with the time of the last news.

import { find } from "./element.js";

export function sayLost(since) {
  const time = find("lost-since");
  time.dateTime = time.title = new Date(since).toISOString();
  time.textContent = new Date(since).toLocaleTimeString(document.documentElement.lang);
  find("lost").hidden = false;
}
