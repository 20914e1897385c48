// The pages of the neighbours, loaded with their pictures before one goes there.

import { find } from "./element.js";
import { showTimes } from "./frame.js";
import { tell } from "./notice.js";
import { text } from "./texts.js";

const OLDEST = 30000;

export class Pages {
  // `drawn` is called for the page of another picture before it is shown, `opened` afterwards.
  constructor({ opened, drawn }) {
    Object.assign(this, { opened, drawn, kept: new Map() });
  }

  prefetch() {
    const ways = ["to-next", "to-prev"].map((id) => find(id)?.href).filter(Boolean);
    for (const way of this.kept.keys()) if (!ways.includes(way)) this.kept.delete(way);
    for (const way of ways) if (!this.isFresh(way)) this.kept.set(way, { at: Date.now(), page: this.load(way) });
  }

  isFresh(way) {
    return Date.now() - (this.kept.get(way)?.at ?? -Infinity) < OLDEST;
  }

  async load(way) {
    const answer = await fetch(way, { cache: "no-cache" }).catch(() => null);
    if (answer?.redirected) document.dispatchEvent(new CustomEvent("unwelcome"));
    if (!answer?.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { page, image: warmed(page.getElementById("made")) };
  }

  async go(link) {
    const { href, id } = link;
    this.wanted = href;
    if (!this.isFresh(href)) this.kept.set(href, { at: Date.now(), page: this.load(href) });
    const found = await this.kept.get(href).page;
    if (this.wanted !== href) return;
    if (found) return this.show(href, found.page, id);
    this.kept.delete(href);
    tell(text("picture.not_loaded"), "bad");
  }

  // Back leads to where the first picture was opened, and not through all of them.
  show(href, page, id) {
    this.kept.delete(href);
    history.replaceState(history.state, "", href);
    document.title = page.title;
    showTimes(page);
    this.drawn(page);
    const isOnArrow = document.activeElement?.id === id;
    find("main").replaceChildren(...page.getElementById("main").childNodes);
    if (isOnArrow) (find(id) ?? find("to-library")).focus({ preventScroll: true });
    this.opened();
    this.prefetch();
  }
}

// Load what the browser will choose of the picture's sizes.
function warmed(made) {
  if (!made) return null;
  const image = new Image();
  for (const name of ["sizes", "srcset", "src"]) image[name] = made.getAttribute(name);
  return image;
}
