// A tile of the wall: a place at first, and a picture as soon as its entry is loaded.
//
// The server renders the same tile in templates/library/parts.html.

import { element } from "./element.js";
import { address } from "./server.js";
import { text } from "./texts.js";

const WIDTHS = [320, 640];

function emptyTile(index, total) {
  const place = element("a", { class: "tile" }, absent(""), element("b", {}, "\u00a0"), element("small", {}, "\u00a0"));
  return element("li", { "aria-setsize": total, "aria-posinset": index + 1 }, place);
}

// Names a picture and its content; a place without a picture has no content.
const keyOf = ({ path, hash }) => `${path ?? ""} ${hash ?? ""}`;

// Take over a tile that the server has rendered.
function adoptTile(tile, index, total) {
  tile.setAttribute("aria-setsize", total);
  tile.setAttribute("aria-posinset", index + 1);
  tile.filled = keyOf(tile.dataset);
  const image = tile.querySelector("img");
  if (image) watch(image, tile.dataset.color);
}

// `way` answers where the entry leads to.
function fillTile(tile, entry, { pixels, kinds, way }) {
  const key = keyOf(entry);
  if (tile.filled === key) return;
  tile.filled = key;
  tile.dataset.path = entry.path ?? "";
  const place = tile.firstElementChild;
  place.href = way(entry);
  place.replaceChildren(picture(entry, pixels), element("b", {}, entry.title), element("small", {}, `${kinds[entry.kind]} · ${entry.library}`));
}

function picture(entry, pixels) {
  if (!entry.thumbnail_url) return absent(text("library.no_picture"));
  const widths = WIDTHS.map((width) => [address(`${entry.thumbnail_url}&width=${width}`).href, width]);
  const image = element("img", { alt: "", decoding: "async", sizes: `${pixels}px`, srcset: widths.map(([href, width]) => `${href} ${width}w`).join(", "), src: widths[0][0] });
  watch(image, entry.color);
  return image;
}

// The average colour until the picture is there; a word in its place where it cannot be shown.
function watch(image, color) {
  const excuse = () => image.getAttribute("src") && image.replaceWith(absent(text("library.not_shown")));
  // One of the page itself may have failed before this script came.
  if (image.complete && image.currentSrc && !image.naturalWidth) return excuse();
  image.addEventListener("error", excuse, { once: true });
  if (!color || (image.complete && image.naturalWidth)) return;
  image.style.background = color;
  image.addEventListener("load", () => image.style.removeProperty("background"), { once: true });
}

const absent = (words) => element("span", { class: "absent" }, words);

// A picture that has left the view is not loaded to its end.
function emptied(tile) {
  const image = tile.querySelector("img");
  if (image && !image.complete) {
    image.removeAttribute("srcset");
    image.removeAttribute("src");
  }
  tile.remove();
}

// What a wall needs to know of its tiles.
export const PLAIN_TILE = { adopt: adoptTile, empty: emptyTile, fill: fillTile, leave: emptied };
