"""The days of a library: the runs after which its files lay otherwise than before."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.core.decisions.journal import aware, has_column, reading_journal, run_number
from app.core.errors import NotFound

# What persons did one by one is part of the day that comes after it.
EDIT = "Edit"
ON_DISK = "state = 'done' AND place IS NULL"


@dataclass(frozen=True)
class Day:
    """The state after one run: `name` is its name in the journal, `number` its last entry there.

    `run` is the number of this server's run, None for another one; `at` is when it ended, or began.
    """

    name: str
    run: int | None
    mode: str
    at: datetime
    number: int


def days_of(engine: Path, limit: int, offset: int = 0) -> tuple[list[Day], int]:
    """(days, total): a part of all days, the newest first; `Unavailable` for a damaged journal."""
    with reading_journal(engine) as journal:
        found = list(all_days(journal))
    return found[offset : offset + limit], len(found)


def day_named(engine: Path, name: str) -> Day:
    """The day after the run of that name; `NotFound` where the journal has none."""
    with reading_journal(engine) as journal:
        found = next((day for day in all_days(journal, name)), None)
    if found is None:
        raise NotFound("There is no such day: the journal has no run of that name that changed a file.")
    return found


def all_days(journal: sqlite3.Connection, name: str | None = None) -> Iterator[Day]:
    """The newest first; none of a journal that is older than its entries about servers."""
    if not has_column(journal, "entries", "place"):
        return
    where, values = ("WHERE name = ?", [name]) if name is not None else ("", [])
    query = f"SELECT name, mode, started, ended FROM runs {where} ORDER BY started DESC, name DESC"
    newer: int | None = None
    for known, mode, started, ended in journal.execute(query, values).fetchall():
        run = run_number(known)
        # Of the attempts of a run the last one is its end.
        is_earlier_attempt = run is not None and run == newer
        if mode == EDIT or is_earlier_attempt or not (number := last_entry(journal, known)):
            continue
        newer = run
        yield Day(known, run, mode.lower(), aware(ended or started), number)


def last_entry(journal: sqlite3.Connection, run: str) -> int:
    """The last entry of a run that changed a file, 0 for another one."""
    changed = journal.execute(f"SELECT 1 FROM entries WHERE run = ? AND {ON_DISK} LIMIT 1", (run,)).fetchone()
    if not changed:
        return 0
    return journal.execute("SELECT max(number) FROM entries WHERE run = ?", (run,)).fetchone()[0]
