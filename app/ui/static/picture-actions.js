// What a person does to the picture: at once, or by a run that is followed to its end; each is taken back by one press.

import { element, find } from "./element.js";
import { remember } from "./last-change.js";
import { attempt, tell } from "./notice.js";
import { address, ask, post, remove } from "./server.js";
import { text } from "./texts.js";

const DONE = { hold: text("picture.held"), release: text("picture.released") };

export class PictureActions {
  // `changed` is called when the picture has another state, `leave` when it is not there any more.
  constructor({ changed, leave }) {
    Object.assign(this, { changed, leave, awaited: new Map() });
    document.addEventListener("click", ({ target }) => this.press(target.closest?.("#picture button")));
  }

  async press(button) {
    const { edit, version } = button?.dataset ?? {};
    if (!edit && !version) return;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    await (version ? this.restore(version) : edit === "delete" ? this.remove() : this.edit(edit));
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }

  async edit(action) {
    const paths = [own()];
    const done = await attempt(() => post("api/assets/bulk-edit", { action, paths }));
    if (!done) return;
    if (done.run_id) remember(DONE[action], { run: done.run_id });
    this.changed();
  }

  async remove() {
    const done = await attempt(() => remove(`api/gallery/${encoded(own())}`));
    if (!done) return;
    this.leave();
    remember(text("picture.deleted"), { run: done.run_id });
  }

  async restore(version) {
    const answer = await attempt(() => post(`api/assets/${encoded(own())}/versions`, { version }));
    if (answer) this.follow(answer.run_id, text("picture.restoring"), text("picture.restored"));
  }

  // A run can be taken back when it has ended.
  follow(run, now, done) {
    this.awaited.set(run, done);
    tell(now);
    this.look(run);
  }

  async look(id) {
    const answer = await ask(`api/runs/${id}`).catch(() => null);
    if (answer?.run.ended_at) this.ended(answer.run);
  }

  heard(kind, { id }) {
    if (kind === "run_ended" && this.awaited.has(id)) this.look(id);
  }

  ended({ id, status, reason }) {
    const done = this.awaited.get(id);
    if (!this.awaited.delete(id)) return;
    this.changed();
    if (status === "completed") return remember(done, { run: id });
    tell(text("picture.run_failed", { number: id, why: reason ?? text("picture.run_failed.unknown") }), "bad");
    find("notice-text").append(" ", element("a", { href: address(`server/runs/${id}`) }, `#${id}`));
  }
}

const own = () => find("picture").dataset.asset;
const encoded = (path) => path.split("/").map(encodeURIComponent).join("/");
