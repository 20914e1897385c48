"""What runs of this server did to artwork, by the journal."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.core.decisions.journal import aware, reading_journal, run_number
from app.core.errors import Unavailable
from app.models import Run

# A clock that was moved between request and start of a run.
TOLERANCE = timedelta(days=1)


@dataclass(frozen=True)
class RunChanges:
    """What names the run to the script, and the paths of the assets that it changed."""

    target: str
    paths: frozenset[str]


def changes_of(engine: Path, number: int, queued_at: datetime) -> RunChanges:
    """The steps that were done in all attempts of a run.

    Where the journal knows an older run of the same number, of a server database that is gone, the run's last
    attempt is named in full.
    """
    with reading_journal(engine) as journal:
        names, is_alone = attempt_names(journal, number, queued_at)
        return RunChanges(str(number) if is_alone else "".join(names), changed_paths(journal, names))


def attempt_names(journal: sqlite3.Connection, number: int, queued_at: datetime) -> tuple[list[str], bool]:
    """(names, is_alone): the attempts of the run in the journal, and whether its number is of no other run.

    Only the last attempt of a run whose number an older one has, too.
    """
    named = [row for row in journal.execute("SELECT name, started FROM runs") if run_number(row[0]) == number]
    own = sorted(name for name, started in named if is_after(started, queued_at))
    is_alone = len(own) == len(named)
    return (own if is_alone else own[-1:]), is_alone


def changed_paths(journal: sqlite3.Connection, names: list[str]) -> frozenset[str]:
    marks = ", ".join("?" * len(names))
    query = f"SELECT DISTINCT path FROM entries WHERE state = 'done' AND run IN ({marks})"
    return frozenset(path for (path,) in journal.execute(query, names))


def changing_runs(engine: Path, runs: Iterable[Run]) -> frozenset[int] | None:
    """The numbers of those runs that changed a file or a picture on a media server.

    None where the journal cannot be read.
    """
    queued = {run.id: run.queued_at for run in runs}
    try:
        with reading_journal(engine) as journal:
            rows = journal.execute("SELECT name, started FROM runs").fetchall()
            named = [(run_number(name), name, started) for name, started in rows]
            return frozenset(
                number
                for number, name, started in named
                if number in queued and is_after(started, queued[number]) and has_changes(journal, name)
            )
    except Unavailable:
        return None


def is_after(started: str, queued_at: datetime) -> bool:
    """Whether a run of the journal may be the one that was asked for at that time."""
    return aware(started) > queued_at - TOLERANCE


def has_changes(journal: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM entries WHERE state = 'done' AND run = ? LIMIT 1"
    return journal.execute(query, [name]).fetchone() is not None
