// What the configured script and its source can do now; nothing else is offered.

import { find, say } from "./element.js";
import { Pace } from "./pace.js";
import { ask } from "./server.js";

const SCHEDULED = ["normal", "testing", "backup", "syncjelly", "syncemby"];

// What there may be buttons for elsewhere on the page.
export const can = { undo: false, version: false, take: false };

export class Offers {
  // `changed` gets the modes that may be scheduled.
  constructor(changed) {
    this.changed = changed;
    this.pace = new Pace(() => this.refresh(), () => 60000);
  }

  async refresh() {
    const { modes } = await ask("api/runs/modes");
    const available = new Set(modes.filter((offer) => offer.available).map(({ mode }) => mode));
    for (const button of document.querySelectorAll("[data-run]")) button.hidden = !available.has(button.dataset.run);
    find("more").hidden = false;
    can.undo = available.has("undo");
    can.version = available.has("version");
    can.take = Boolean(modes.find(({ mode }) => mode === "normal")?.fields.includes("take"));
    this.explain(modes.find(({ mode }) => mode === "normal"));
    this.changed(SCHEDULED.filter((mode) => available.has(mode)));
  }

  explain(full) {
    const reason = full && !full.available ? full.reason : "";
    find("offer-reason").hidden = !reason;
    say(find("offer-reason"), reason);
  }
}
