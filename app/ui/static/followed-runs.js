// Runs that were asked for on this page: what each did is said when it has ended, with a button that takes it back.

import { element, find } from "./element.js";
import { remember } from "./last-change.js";
import { tell } from "./notice.js";
import { reasonParts } from "./run-reason.js";
import { address, ask } from "./server.js";
import { textParts } from "./texts.js";

export class FollowedRuns {
  // `changed` is called when one of them has ended.
  constructor(changed) {
    Object.assign(this, { changed, awaited: new Map() });
  }

  // `now` is said at once, `done` when it has ended well.
  follow(run, now, done) {
    this.awaited.set(run, done);
    tell(now);
    return this.look(run);
  }

  async look(id) {
    const answer = await ask(`api/runs/${id}`).catch(() => null);
    if (answer?.run.ended_at) this.ended(answer.run);
  }

  heard(kind, { id }) {
    if (kind === "run_ended" && this.awaited.has(id)) this.look(id);
  }

  ended(run) {
    const { id, status } = run;
    const done = this.awaited.get(id);
    if (!this.awaited.delete(id)) return;
    this.changed(id);
    if (status === "completed") return remember(done, { run: id });
    tell(textParts("frame.run_failed", { number: id, why: reasonParts(run) }), "bad");
    find("notice-text").append(" ", element("a", { href: address(`server/runs/${id}`) }, `#${id}`));
  }
}
