// What a person can do with one picture: take it over, or have an earlier version of it back.

import { element, find } from "./element.js";
import { attempt, tell } from "./notice.js";
import { can } from "./offers.js";
import { address, ask, post } from "./server.js";
import { moment } from "./words.js";

const NOT_OURS = ["a person", "another tool"];
const LOST = ["overwritten", "kept"];

export class PictureActions {
  // `queued` gets the id of a run that this asked for.
  constructor(queued) {
    this.queued = queued;
    this.place = find("viewer-actions");
  }

  // `current` says whether the picture is still the one that is shown.
  async show(image, current) {
    this.place.replaceChildren();
    this.place.hidden = true;
    if (!image.path) return;
    const record = await image.record().catch(() => undefined);
    const earlier = can.version ? await versions(image.path) : [];
    if (!current() || record === undefined) return;
    const parts = [isTakeable(record) ? this.takeButton(image) : null, this.list(image, earlier)].filter(Boolean);
    this.place.replaceChildren(...parts);
    this.place.hidden = !parts.length;
  }

  takeButton(image) {
    const click = () => this.ask(() => post("api/run/normal", { take: [image.path] }), "It is taken over by a full run");
    return element("button", { type: "button", "data-key": "take", click }, "Take over");
  }

  list(image, earlier) {
    if (!earlier.length) return null;
    return element("details", { class: "versions" }, element("summary", {}, `Earlier versions (${earlier.length})`), element("ul", {}, earlier.map((version) => this.version(image, version))));
  }

  version(image, version) {
    const when = moment(version.at);
    const click = () => this.ask(() => post(`api/assets/${encoded(image.path)}/versions`, { version: version.sha256 }), "The earlier version is brought back");
    const label = `Restore the version of ${when}`;
    const picture = element("img", { src: address(version.url), alt: `Version of ${when}`, loading: "lazy" });
    const from = [when, version.run ? `run ${version.run}` : "by hand or before the journal"].join(" · ");
    return element("li", {}, picture, element("small", {}, from), element("button", { type: "button", "aria-label": label, click }, "Restore"));
  }

  async ask(request, done) {
    const answer = await attempt(request);
    if (!answer) return;
    tell(answer.queued ? `${done}, after the runs that wait.` : `${done}.`);
    this.queued(answer.run_id);
  }
}

// Of a picture that the script never made there is no record.
function isTakeable(record) {
  if (!can.take) return false;
  return record === null || NOT_OURS.includes(record.owner) || record.uploads.some(({ state }) => LOST.includes(state));
}

async function versions(path) {
  const { versions: found } = await ask(`api/assets/${encoded(path)}/versions`).catch(() => ({ versions: [] }));
  return found.filter(({ is_present: present, url }) => !present && url);
}

const encoded = (path) => path.split("/").map(encodeURIComponent).join("/");
