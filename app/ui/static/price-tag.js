// What a change costs before it is saved: pictures, time and room, counted by the server while a value moves.

import { say } from "./element.js";
import { post } from "./server.js";
import { text } from "./texts.js";

const PAUSE = 200;
const MOMENT = 50;
// The first question may have the whole journal read.
const PATIENCE = 120000;
const LANGUAGE = document.documentElement.lang;
const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
// A value that is wrong is told beside it, a newer question answers for this one, and readers see no prices.
const QUIET = [400, 403, 409];

const number = (value) => new Intl.NumberFormat(LANGUAGE).format(value);
const inUnits = (value, unit, digits = 0) =>
  new Intl.NumberFormat(LANGUAGE, { style: "unit", unit, maximumFractionDigits: digits }).format(value);

export function duration(seconds) {
  if (seconds < MOMENT) return text("price.moments");
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return inUnits(Math.max(1, minutes), "minute");
  return inUnits(seconds / 3600, "hour", seconds < 36000 ? 1 : 0);
}

export function size(bytes) {
  const step = Math.min(SIZES.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  const value = bytes / 1000 ** step;
  return inUnits(value, SIZES[step], value < 10 && step > 2 ? 1 : 0);
}

// The parts of the sentence about the answer of api/price.
export function priceParts({ changed, total, seconds, bytes, basis }) {
  const waits = basis.waiting ? text("price.waiting", { count: number(basis.waiting) }) : null;
  if (basis.same) return [basis.waiting ? text("price.no_more", { count: number(basis.waiting) }) : text("price.nothing")];
  const parts = [text("price.pictures", { changed: number(changed), total: number(total) })];
  if (changed) parts.push(seconds < MOMENT ? text("price.moments") : text("price.about", { time: duration(seconds) }), size(bytes));
  if (basis.may_change) parts.push(text("price.may", { count: number(basis.may_change) }));
  if (basis.new_kinds.length) parts.push(text("price.new_kinds"));
  return [...parts, waits].filter(Boolean);
}

// A price tag in `place`, which has role="status". `wanted` gives {settings, design, rules}, or null where nothing
// was changed. The answer is a function to be called whenever a value moves; the newest question wins.
export function priceTag(place, wanted) {
  const slot = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let newest = 0;
  let timer;

  async function ask(mine) {
    const asked = wanted();
    if (!asked) return show("");
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await post("api/price", { ...asked, slot }, PATIENCE);
      if (mine === newest) show(priceParts(answer).join(" · "));
    } catch (error) {
      if (error.status === undefined) throw error;
      if (mine === newest) show(QUIET.includes(error.status) ? "" : error.message);
    }
  }

  function show(words) {
    place.removeAttribute("aria-busy");
    say(place, words);
  }

  return () => {
    clearTimeout(timer);
    newest += 1;
    timer = setTimeout(ask, PAUSE, newest);
  };
}
