// What a person does to the picture: at once, or by a run that is followed to its end; each is taken back by one press.

import { find } from "./element.js";
import { FollowedRuns } from "./followed-runs.js";
import { remember } from "./last-change.js";
import { attempt } from "./notice.js";
import { post, remove } from "./server.js";
import { text } from "./texts.js";

const DONE = { hold: text("picture.held"), release: text("picture.released") };

export class PictureActions extends FollowedRuns {
  // `changed` is called when the picture has another state, `leave` when it is not there any more.
  constructor({ changed, leave }) {
    super(changed);
    this.leave = leave;
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
}

const own = () => find("picture").dataset.asset;
const encoded = (path) => path.split("/").map(encodeURIComponent).join("/");
