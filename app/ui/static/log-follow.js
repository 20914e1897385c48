// What is written to a log while it is shown. The live channel says that there is something new; the lines are
// fetched by their byte offset, so that none is lost or doubled when the connection comes back.

import { find } from "./element.js";
import { Events } from "./events.js";
import { sayLost } from "./lost-notice.js";
import { address } from "./server.js";
import { text } from "./texts.js";

const SOON = 150;
const AGAIN = 2000;
const MOST = 500;

export class LogFollower {
  // `counted` is called when the number of lines that were not seen yet may have changed.
  constructor(lines, isFollowing, counted) {
    // What is between the window and the end of the log now is not new.
    const known = lines.reachesEnd ? lines.end : lines.size;
    Object.assign(this, { lines, isFollowing, counted, known, fresh: 0, isOther: false });
    this.events = new Events({ heard: () => null, lost: (since) => this.mark(since), back: () => this.connect() });
    document.addEventListener("visibilitychange", () => document.hidden && this.socket?.close());
    // Where a proxy lets no web socket through.
    setInterval(() => this.socket?.readyState !== WebSocket.OPEN && !document.hidden && this.news(), AGAIN);
  }

  connect() {
    find("lost").hidden = true;
    this.news();
    if ([WebSocket.CONNECTING, WebSocket.OPEN].includes(this.socket?.readyState)) return;
    const way = address(`ws/logs?log_file=${encodeURIComponent(this.lines.name)}`);
    way.protocol = way.protocol.replace("http", "ws");
    const socket = new WebSocket(way);
    socket.addEventListener("open", () => this.news());
    socket.addEventListener("message", () => this.soon());
    socket.addEventListener("close", () => setTimeout(() => this.again(socket), AGAIN));
    this.socket = socket;
  }

  again(socket) {
    if (socket === this.socket && !document.hidden && !this.events.isLost) this.connect();
  }

  mark(since) {
    sayLost(since);
    this.socket?.close();
  }

  // Where one stands in the log decides whether its end is followed.
  moved() {
    this.isFollowing = this.lines.isAtEnd && !this.isOther;
    if (this.isFollowing) this.fresh = 0;
    this.counted();
  }

  soon() {
    this.timer ??= setTimeout(() => this.news(), SOON);
  }

  async news() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.isReading) return this.soon();
    this.isReading = true;
    try {
      while (await this.lines.exclusive(() => this.read()));
    } catch (error) {
      if (error.status === undefined) throw error;
    } finally {
      this.isReading = false;
      this.counted();
    }
  }

  // Answer whether there is more.
  async read() {
    const { lines } = this;
    if (this.isOther) return false;
    const offset = lines.reachesEnd ? lines.end : Math.max(this.known, lines.end);
    const answer = await lines.fetch({ offset, limit: MOST, is_near: true });
    if (answer.reset) return this.turnOver(answer, text("logs.emptied"));
    if (!this.take(answer) || answer.is_current) return answer.end > offset && answer.end < answer.size;
    const newer = await lines.fetch({ offset: 0, limit: MOST, file_id: "" });
    // Whoever had the former log open may have written to it until there was a new one.
    this.take(await lines.fetch({ offset: answer.end, limit: MOST }));
    return this.turnOver(newer, text("logs.rotated", { name: answer.name }));
  }

  // Answer whether all that is written was read; when another line is being read, it stays where it is.
  take(answer) {
    const { lines, isFollowing } = this;
    if (lines.reachesEnd && (isFollowing || lines.hasRoom(answer.lines.length + 1))) lines.append(answer);
    else lines.reachesEnd = false;
    if (isFollowing) lines.toEnd();
    else this.fresh += answer.lines.length;
    this.known = answer.end;
    return answer.end >= answer.size || Boolean(answer.unfinished);
  }

  turnOver(answer, words) {
    if (!this.isFollowing) this.isOther = true;
    if (this.isOther) return false;
    this.lines.begin(answer, words);
    this.lines.toEnd();
    this.known = answer.end;
    return answer.end < answer.size;
  }

  async toEnd() {
    if (this.lines.reachesEnd && !this.isOther) this.lines.toEnd();
    else await this.lines.jump({ backward: true, ...(this.isOther ? { file_id: "" } : {}) });
    Object.assign(this, { isOther: false, known: Math.max(this.known, this.lines.end) });
    this.moved();
  }
}
