// A plan of the next run is started, and its page is opened.

import { attempt } from "./notice.js";
import { address, post } from "./server.js";

export async function planFirst() {
  const answer = await attempt(() => post("api/runs/plan", {}));
  if (answer) location.assign(address(`server/runs/${answer.run_id}`));
}
