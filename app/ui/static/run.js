// The page of one run, kept up to date.

import { find } from "./element.js";
import { LivePage } from "./live.js";
import { stopOnPress } from "./run-stop.js";

const own = Number(find("said").dataset.number);
const enable = (place) => place.querySelectorAll("button:disabled").forEach((button) => (button.disabled = false));

stopOnPress();
enable(document);
new LivePage({ drawn: enable, matters: (kind, { id }) => kind === "reset" || kind === "run_ended" || id === own });
