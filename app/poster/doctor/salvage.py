"""A damaged journal: what SQLite says of it, and a new one with every row that can still be read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.poster.journal.tables import BUSY_SECONDS, open_tables, trouble

TABLES = ("runs", "entries", "assets")
ENDS = ("", "-wal", "-shm")
DAMAGED = ".damaged-"


def open_read_only(path: Path) -> sqlite3.Connection:
    uri = f"{path.as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def damage_of(path: Path) -> str:
    """What SQLite finds wrong in the file, "" for nothing; JournalTrouble where it cannot be opened now."""
    with trouble(path):
        try:
            with closing(open_read_only(path)) as database:
                texts = [text for (text,) in database.execute("PRAGMA integrity_check(3)")]
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            return str(error)
    return "" if texts == ["ok"] else "; ".join(texts)


def has_lost_rows(path: Path) -> bool:
    """Whether a damaged journal lies beside this one, which may therefore lack what that one knew."""
    return any(path.parent.glob(f"{path.name}{DAMAGED}*"))


def salvage(path: Path) -> None:
    """Put a new journal with all readable rows in place of the damaged one, which is moved aside.

    A crash in between leaves the damaged one in its place, or moved aside.
    """
    begun = path.with_name(f".{path.name}.part")
    for end in ENDS:
        begun.with_name(begun.name + end).unlink(missing_ok=True)
    with trouble(path), closing(open_tables(begun)) as target:
        copy_rows(path, target)
    aside = path.with_name(f"{path.name}{DAMAGED}{datetime.now(UTC):%Y%m%d%H%M%S}")
    for end in ENDS:
        old = path.with_name(path.name + end)
        if old.exists():
            old.rename(aside.with_name(aside.name + end))
    begun.rename(path)


def copy_rows(path: Path, target: sqlite3.Connection) -> None:
    target.execute("BEGIN IMMEDIATE")
    with closing(open_read_only(path)) as source:
        # Damaged bytes may be no text.
        source.text_factory = lambda content: content.decode("utf-8", "replace")
        for table in TABLES:
            columns = [name for name in columns_of(target, table) if name in columns_of(source, table)]
            if columns:
                marks = ", ".join("?" * len(columns))
                sql = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
                target.executemany(sql, readable_rows(source, table, ", ".join(columns)))
    target.execute("COMMIT")


def columns_of(database: sqlite3.Connection, table: str) -> list[str]:
    """The columns, none where the table or the whole file cannot be read."""
    try:
        return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    except sqlite3.DatabaseError:
        return []


def readable_rows(database: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple]:
    """The rows from both ends of the table up to where it is damaged."""
    for order in ("ASC", "DESC"):
        rows = database.execute(f"SELECT {columns} FROM {table} NOT INDEXED ORDER BY rowid {order}")
        try:
            yield from rows
        except sqlite3.DatabaseError:
            continue
        return
