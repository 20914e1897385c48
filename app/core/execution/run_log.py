"""The end of the log that a run wrote, as long as no later run has taken its place."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import ApplicationError
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
    """The last lines of the log with the name of the run's mode, without the hidden secrets.

    Empty where there is none, or one that was last written before the run began.
    """
    try:
        path = find_log(paths, MODES[run.mode].log)
        if run.started_at is None or path.stat().st_mtime < run.started_at.timestamp():
            return []
        return [line.rstrip("\r\n") for line in tail(path, count, hidden)["content"]]
    except (ApplicationError, OSError):
        return []
