// Between the library and the page of a picture: which tile is to be shown when one comes back.

import { find } from "./element.js";

const KEY = "picture-seen";

// The picture that is shown now, for the library.
export function remember() {
  const { pages, place, asset: path } = find("picture")?.dataset ?? {};
  if (Number(place)) sessionStorage.setItem(KEY, JSON.stringify({ pages, index: Number(place) - 1, path }));
}

// The tile that the library is to show: that of the last picture, where one comes from it or goes back in the history.
export function takeSeen(pages, isBack) {
  const seen = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  const cameFrom = URL.canParse(document.referrer) ? new URL(document.referrer).pathname : "";
  const isFromPicture = cameFrom.startsWith(new URL(pages, location.href).pathname);
  return seen?.pages === pages && (isBack || isFromPicture) ? seen : null;
}

// The library that one came from is gone back to, so that it is as it was left.
export function leaveToTile(event, link) {
  if (!isPrevious(new URL(link.href))) return;
  event.preventDefault();
  history.back();
}

function isPrevious(library) {
  const own = globalThis.navigation?.currentEntry?.index ?? 0;
  const entry = own > 0 && navigation.entries()[own - 1];
  if (!entry?.url) return false;
  const before = new URL(entry.url);
  const query = ({ searchParams }) => [...searchParams].filter(([name]) => !["page", "size"].includes(name)).sort().join("&");
  return before.pathname === library.pathname && query(before) === query(library);
}
