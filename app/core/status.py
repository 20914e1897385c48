"""The present status, from the shared state, the state of a few files and the end of one log."""

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from pathlib import Path

from app.core.execution.instance import LiveScript
from app.core.execution.outcome import ALREADY_RUNNING
from app.core.local_time import naive_local
from app.core.log_lines import LastLines
from app.core.modes import MODES
from app.core.paths import Paths
from app.core.script_file import script_exists
from app.core.state import SharedState
from app.models import Origin

LOGS = tuple(dict.fromkeys(mode.log for mode in MODES.values()))
LONGEST_MODE = 64
PROGRESS = ("phase", "done", "total", "percent", "seconds_left")


class StatusReader:
    """Reads the status without side effects; caches only the end of the log, without hidden secrets."""

    def __init__(
        self,
        paths: Paths,
        state: SharedState,
        script: str,
        zone: tzinfo | None,
        hidden: Callable[[], Iterable[str]] = tuple,
    ):
        self.paths = paths
        self.state = state
        self.script = script
        self.zone = zone
        self.lines = LastLines(hidden)
        self.live_script = LiveScript(paths.data, script)

    def read(self, queued: int | None) -> dict:
        """The whole status; `queued` is the number of waiting runs, None where it is unknown."""
        run = self.state.read()["run"]
        marked = self.paths.running_file.exists()
        foreign = run is None and marked and self.live_script.is_alive()
        mode = foreign_mode(self.paths.running_file) if foreign else run and run["mode"]
        log_name = active_log(self.paths.logs, run, mode)
        lines = self.lines.of(self.paths.logs / log_name)
        return {
            **activity(run, foreign),
            "last_logs": lines,
            "script_exists": script_exists(self.script),
            "config_exists": self.paths.config.exists(),
            "pid": run and run.get("pid"),
            "current_mode": mode,
            "active_log": log_name,
            "already_running_detected": any(ALREADY_RUNNING in line for line in lines[-5:]),
            "running_file_exists": marked,
            "start_time": self.start_time(run),
            **progress(run),
            "queued": queued,
        }

    def start_time(self, run: dict | None) -> str | None:
        begun = run and run.get("started_at")
        return naive_local(datetime.fromisoformat(begun), self.zone) if begun else None


def activity(run: dict | None, foreign: bool) -> dict:
    origin = run and run.get("origin")
    scheduled = origin == Origin.SCHEDULE
    return {
        "running": run is not None or foreign,
        "manual_running": origin == Origin.API,
        "scheduler_running": scheduled,
        "scheduler_is_executing": scheduled,
    }


def progress(run: dict | None) -> dict:
    known = run or {}
    progress = {name: known.get(name) for name in PROGRESS}
    return {"run_id": known.get("id"), **progress, "counts": known.get("counts") or {}}


def foreign_mode(running_file: Path) -> str:
    """The mode that a script writes to the running file; scripts started by a webhook may write none."""
    try:
        with running_file.open("rb") as file:
            word = file.read(LONGEST_MODE).decode("utf-8", "replace")
    except OSError:
        word = ""
    return word.strip().lower() or "webhook"


def active_log(logs: Path, run: dict | None, mode: str | None) -> str:
    """The log that the active run writes; the latest written one while nothing runs."""
    if run and run.get("log_file"):
        return Path(run["log_file"]).name
    if not mode:
        return max(LOGS, key=lambda name: written_at(logs / name))
    return MODES[mode].log if mode in MODES else LOGS[0]


def written_at(log: Path) -> float:
    try:
        return log.stat().st_mtime
    except OSError:
        return 0.0


UNKNOWN_STATUS = {
    **activity(None, False),
    "last_logs": [],
    "script_exists": False,
    "config_exists": False,
    "pid": None,
    "current_mode": None,
    "active_log": LOGS[0],
    "already_running_detected": False,
    "running_file_exists": False,
    "start_time": None,
    **progress(None),
    "queued": None,
}
