// The button that stops the run that is active.

import { find } from "./element.js";
import { decide } from "./frame.js";
import { attempt, tell } from "./notice.js";
import { post } from "./server.js";
import { text } from "./texts.js";

async function stop(event) {
  if (!event.target.closest?.("[data-stop]")) return;
  if ((await decide(find("stopping"))) !== "stop") return;
  if (await attempt(() => post("api/stop"))) tell(text("run.stopping"));
}

export const stopOnPress = () => document.addEventListener("click", stop);
