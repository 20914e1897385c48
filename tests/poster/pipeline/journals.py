"""What the journal of a run has."""

import sqlite3
from collections import Counter
from contextlib import closing


def times_done(data) -> Counter[str]:
    """How often each file was written, as the journal has it."""
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        rows = database.execute("SELECT path FROM entries WHERE state = 'done'").fetchall()
    return Counter(path for (path,) in rows)


def failures(data) -> dict[str, str]:
    """Why each picture that could not be made could not, as the journal has it."""
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        return dict(database.execute("SELECT path, why FROM failures").fetchall())
