// Drawing the picture again, as it is or with another text; what was typed is not lost by leaving.

import { find } from "./element.js";
import { decide } from "./frame.js";
import { attempt } from "./notice.js";
import { post } from "./server.js";
import { text } from "./texts.js";
import { guardForm } from "./unsaved.js";

const typed = () => find("text-new")?.value;
const isTyped = () => find("texting")?.open && typed() !== find("text-new").defaultValue;

export class PictureText {
  // `follow` gets the run of a drawing, and the sentences for now and for its end.
  constructor(follow) {
    this.follow = follow;
    document.addEventListener("click", ({ target }) => this.press(target.closest?.("#do-redraw, #do-text")));
    document.addEventListener("cancel", (event) => event.target.id === "texting" && isTyped() && event.preventDefault(), true);
  }

  press(button) {
    if (button?.id === "do-redraw") this.draw(button, {}, text("picture.redrawn"));
    if (button?.id === "do-text") this.ask(button);
  }

  // What could not be drawn stays in its field for the next time.
  async ask(button) {
    const field = find("text-new");
    const kept = field.value;
    field.value = field.defaultValue;
    const saved = guardForm(field.form);
    field.value = kept;
    const answer = decide(find("texting"));
    field.focus();
    const isDone = (await answer) !== "draw" || (await this.draw(button, { text: typed() }, text("picture.texted")));
    if (isDone) field.value = field.defaultValue;
    if (isDone) saved();
    find(button.id)?.focus();
  }

  async draw(button, form, done) {
    const path = find("picture").dataset.asset.split("/").map(encodeURIComponent).join("/");
    button.disabled = true;
    const answer = await attempt(() => post(`api/assets/${path}/redraw`, form));
    button.disabled = false;
    if (answer) this.follow(answer.run_id, answer.queued ? text("picture.drawing.queued") : text("picture.drawing"), done);
    return answer;
  }
}
