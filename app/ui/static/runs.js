// The list of runs: starting, stopping, and keeping it up to date.

import { enable } from "./element.js";
import { LivePage } from "./live.js";
import { startOnSubmit } from "./run-start.js";
import { stopOnPress } from "./run-stop.js";

startOnSubmit();
stopOnPress();
enable(document);
new LivePage({ drawn: enable });
