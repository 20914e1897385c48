"""The end of the log that a run wrote, as long as no later run has taken its place."""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import ApplicationError
from app.core.execution.outcome import LOG_LINE
from app.core.logs import find_log, tail
from app.core.modes import MODES
from app.core.paths import Paths
from app.models import Run


def has_own_log(session: Session, run: Run) -> bool:
    """Whether no later run writes a log of the same name."""
    if run.started_at is None or run.mode not in MODES:
        return False
    sharing = [mode.name for mode in MODES.values() if mode.log == MODES[run.mode].log]
    later = select(Run.id).where(Run.mode.in_(sharing), Run.started_at > run.started_at)
    return session.scalar(later.limit(1)) is None


def last_log_lines(paths: Paths, run: Run, count: int, hidden: Iterable[str] = ()) -> list[str]:
    """The last lines of the log with the name of the run's mode, without the hidden secrets; all for 0.

    Empty where there is none, or one that was last written before the run began.
    """
    try:
        path = find_log(paths, MODES[run.mode].log)
        if run.started_at is None or path.stat().st_mtime < run.started_at.timestamp():
            return []
        return [line.rstrip("\r\n") for line in tail(path, count, hidden)["content"]]
    except (ApplicationError, OSError):
        return []


def error_lines(paths: Paths, run: Run, most: int, hidden: Iterable[str] = ()) -> list[str]:
    """The first errors of the run's log, each as its message; at most 4 MiB of the log are read."""
    lines = last_log_lines(paths, run, 0, hidden)
    parts = filter(None, map(LOG_LINE.match, lines))
    return list(islice((part["message"].strip() for part in parts if part["level"] == "ERROR"), most))
