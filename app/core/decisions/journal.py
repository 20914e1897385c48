"""The journal of the built-in script, read while the script writes it: engine.db of any version."""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core.errors import Unavailable

BUSY_SECONDS = 5
# A run of this server has its number and attempt at the end of its name.
SERVER_RUN = re.compile(r"(?:.*-)?(?P<number>\d{1,10})-\d{1,9}")


def journal_file(engine: Path) -> Path:
    return engine / "engine.db"


@contextmanager
def reading_journal(engine: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, to empty tables where there is no journal; else `Unavailable`."""
    database = journal_file(engine)
    try:
        if database.is_file():
            target = f"{database.as_uri()}?mode=ro"
            with closing(sqlite3.connect(target, BUSY_SECONDS, uri=True)) as connection:
                yield connection
        else:
            with closing(sqlite3.connect(":memory:")) as connection:
                connection.executescript(NO_TABLES)
                yield connection
    except sqlite3.Error as error:
        raise Unavailable(f"The journal of the poster script cannot be read: {error}.") from error


NO_TABLES = """
CREATE TABLE runs (name, mode, started, ended);
CREATE TABLE entries (number, run, path, action, state, at, before, after, record, why);
CREATE TABLE assets (path, record);
"""


def has_column(connection: sqlite3.Connection, table: str, column: str) -> bool:
    """Whether the table has a column that came with a later version."""
    return any(row[1] == column for row in connection.execute(f"PRAGMA table_info({table})"))


def record_words(journal: sqlite3.Connection) -> bytes:
    """The words that the records of this journal are compressed with; none before version 4."""
    if not has_column(journal, "record_words", "content"):
        return b""
    return journal.execute("SELECT content FROM record_words").fetchone()[0]


def unpacked(content: bytes, words: bytes) -> dict[str, Any]:
    """The record of an asset; `Unavailable` for one that is damaged."""
    try:
        return json.loads(zlib.decompressobj(zdict=words).decompress(content))
    except (zlib.error, ValueError) as error:
        raise Unavailable("The decision cannot be read; the next run writes it anew.") from error


def run_number(name: str) -> int | None:
    """The number of this server's run with that name in the journal; None for a run that it did not start."""
    found = SERVER_RUN.fullmatch(name)
    return int(found["number"]) if found else None


def aware(text: str) -> datetime:
    """A time of the journal; one without a zone is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
