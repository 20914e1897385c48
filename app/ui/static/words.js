// What the server's short words mean to a person.

export const MODES = {
  normal: "Full run",
  scheduled: "Scheduled run",
  testing: "Sample posters",
  preflight: "Preflight",
  manual: "Single poster",
  backup: "Backup of artwork",
  restore: "Restoring artwork",
  syncjelly: "Sync to Jellyfin",
  syncemby: "Sync to Emby",
  sync: "Sync of two servers",
  reset: "Poster reset",
  logoupdater: "Logo update",
  logorevert: "Logos put back",
  tautulli: "Tautulli import",
  arr: "Sonarr or Radarr import",
  plan: "Plan",
  undo: "Undo",
  version: "Earlier version",
  edit: "Change by hand",
};

export const ORIGINS = {
  schedule: "by schedule",
  webhook: "by webhook",
  api: "by request",
  cli: "from the command line",
  recovered: "found after a restart",
};

export const STATUSES = {
  queued: { word: "Waiting", sign: "…" },
  running: { word: "Running", sign: "▸" },
  completed: { word: "Done", sign: "✓" },
  failed: { word: "Failed", sign: "✕" },
  stopped: { word: "Stopped", sign: "■" },
  interrupted: { word: "Interrupted", sign: "!" },
  skipped: { word: "Skipped", sign: "–" },
};

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export const modeWord = (mode) => MODES[mode] ?? mode ?? "Run";

// "Full run failed": how a run ended.
export function ending({ mode, status, errors }) {
  if (status === "completed" && errors) return `${modeWord(mode)} done with ${counted(errors, "error")}`;
  return `${modeWord(mode)} ${status === "completed" ? "done" : status}`;
}

export const hasFailed = ({ status, errors }) => ["failed", "interrupted"].includes(status) || errors > 0;

export function counted(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function remaining(seconds) {
  if (seconds < 10) return "a few seconds left";
  if (seconds < 60) return `about ${Math.round(seconds / 5) * 5} s left`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min left`;
  return `about ${Math.round(seconds / 3600)} h left`;
}

// The zone of the server, in which its logs are written too.
export const clock = { zone: undefined };

// A time in the given zone, else in that of the server.
export function moment(text, timeZone = clock.zone, today = new Date()) {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  const near = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[dayNumber(date, timeZone) - dayNumber(today, timeZone)];
  return `${near ?? date.toLocaleDateString([], { ...dayParts(date, today), timeZone })} ${time}`;
}

// Days since 1970 by the calendar of the zone; "sv" writes dates as 2025-11-25.
const dayNumber = (date, timeZone) => Date.parse(date.toLocaleDateString("sv", { timeZone })) / 86400000;

function dayParts(date, today) {
  const year = date.getFullYear() === today.getFullYear() ? undefined : "numeric";
  return { weekday: "short", day: "numeric", month: "short", year };
}

export function fileSize(bytes) {
  if (bytes < 1024) return counted(bytes, "byte");
  if (bytes < 1048576) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1048576).toFixed(1)} MB`;
}
