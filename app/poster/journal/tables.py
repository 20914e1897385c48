"""The tables of engine.db: made, brought up to this version, and set aside where they are damaged."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.poster.journal.marks import marks_of, offered_word
from app.poster.journal.packing import WORDS, read_record

VERSION = 8
BUSY_SECONDS = 30
TABLES = (
    """CREATE TABLE IF NOT EXISTS runs (
    name TEXT PRIMARY KEY, mode TEXT NOT NULL, started TEXT NOT NULL, ended TEXT
    )""",
    """CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, path TEXT NOT NULL, action TEXT NOT NULL,
    state TEXT NOT NULL, at TEXT NOT NULL, before TEXT, after TEXT, record BLOB, why TEXT NOT NULL DEFAULT ''
    )""",
    "CREATE INDEX IF NOT EXISTS entries_of_run ON entries (run)",
    "CREATE INDEX IF NOT EXISTS entries_of_path ON entries (path)",
    "CREATE INDEX IF NOT EXISTS unfinished_entries ON entries (number) WHERE state = 'intended'",
    "CREATE TABLE IF NOT EXISTS assets (path TEXT PRIMARY KEY, record BLOB NOT NULL)",
    # Since version 4: the words without which nobody could read the records.
    "CREATE TABLE IF NOT EXISTS record_words (content BLOB NOT NULL)",
    # Since version 7: the pictures that the last run over them could not make or upload.
    """CREATE TABLE IF NOT EXISTS failures (
    path TEXT PRIMARY KEY, run TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL
    )""",
)
ADDED_COLUMNS = {
    # Since version 2: steps on media servers, and what undo needs to know of a file.
    "entries": {
        "place": "TEXT",
        "shown_before": "TEXT",
        "shown_after": "TEXT",
        "sent": "TEXT NOT NULL DEFAULT ''",
        "owner": "TEXT NOT NULL DEFAULT 'nobody'",
        "made_folders": "INTEGER NOT NULL DEFAULT 0",
    },
    # Since version 3: what the server counts and shows in lists without unpacking each record.
    "assets": {
        "owner": "TEXT NOT NULL DEFAULT 'nobody'",
        "upload": "TEXT NOT NULL DEFAULT ''",
        # Since version 5: when the last full run found no file of the asset any more.
        "missing_since": "TEXT",
        # Since version 6: how often a person has changed the file through the server.
        "edits": "INTEGER NOT NULL DEFAULT 0",
        # Since version 7: what a person may have to look at, and what stands for the candidates.
        "marks": "TEXT NOT NULL DEFAULT ''",
        "offered": "TEXT NOT NULL DEFAULT ''",
    },
}
INDEXES = (
    "DROP INDEX IF EXISTS assets_by_state",
    "CREATE INDEX assets_by_state ON assets (upload, owner, path, marks, offered)",
    # Since version 8: which steps a content was part of, by the beginning of its SHA-256.
    *(
        f"CREATE INDEX IF NOT EXISTS entries_by_{column} ON entries "
        f"(substr(json_extract({column}, '$.sha256'), 1, 16)) WHERE {column} IS NOT NULL"
        for column in ("before", "after", "shown_after")
    ),
    "CREATE INDEX IF NOT EXISTS entries_by_sent ON entries (substr(sent, 1, 16)) WHERE sent != ''",
)

UNMARKED = "SELECT path, record FROM assets WHERE path > ? ORDER BY path LIMIT ?"
PAGE = 1000

# What SQLite says where the disk takes no more, in the numbers by which OSError says it.
DISK_TROUBLE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
PRIMARY_CODE = 0xFF


class JournalTrouble(OSError):
    """A journal that cannot be read or written; its `strerror` is one sentence that says what to do."""


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """Turns what SQLite raises into JournalTrouble."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
        sentence = f"the journal {path} cannot be used: {error}; check the disk's space and the file's rights"
        raise JournalTrouble(DISK_TROUBLE.get(code, errno.EINVAL), sentence) from error


def connect_or_replace(path: Path) -> tuple[sqlite3.Connection, Path | None]:
    """A connection, and where a damaged database was moved to, None where it was sound.

    Nothing is lost with it: files that carry our mark are still known as ours.
    """
    try:
        return open_tables(path), None
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d%H%M%S}")
        path.rename(aside)
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        return open_tables(path), aside


def open_tables(path: Path) -> sqlite3.Connection:
    """A connection for any thread, each statement its own transaction unless BEGIN is said."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        set_up(connection, path)
    except (sqlite3.Error, JournalTrouble):
        connection.close()
        raise
    return connection


def set_up(connection: sqlite3.Connection, path: Path) -> None:
    """Have the tables of this version; JournalTrouble where they are of a newer one."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        sentence = f"{path} was written by a newer version of this program; update this one"
        raise JournalTrouble(errno.EINVAL, sentence)
    connection.execute("PRAGMA journal_mode = WAL")
    # A step is written down before its file is: a loss of power must not turn this round.
    connection.execute("PRAGMA synchronous = FULL")
    if version < VERSION:
        bring_up_to_date(connection)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make what is missing, in one transaction: an older file that is cut short in it stays as it was."""
    with transaction(connection):
        for statement in TABLES:
            connection.execute(statement)
        for table, columns in ADDED_COLUMNS.items():
            add_columns(connection, table, columns)
        mark_records(connection)
        for statement in INDEXES:
            connection.execute(statement)
        connection.execute("DELETE FROM record_words")
        connection.execute("INSERT INTO record_words VALUES (?)", (WORDS,))
        connection.execute(f"PRAGMA user_version = {VERSION}")


def mark_records(connection: sqlite3.Connection) -> None:
    """Derive from records of earlier versions what this one keeps beside them."""
    last = ""
    while rows := connection.execute(UNMARKED, (last, PAGE)).fetchall():
        found = ((read_record(content), path) for path, content in rows)
        marked = ((marks_of(record), offered_word(record), path) for record, path in found if record)
        connection.executemany("UPDATE assets SET marks = ?, offered = ? WHERE path = ?", marked)
        last = rows[-1][0]


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commits at the end of the block; whatever is raised in it, a stop too, leaves the file as it was."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk ends the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def add_columns(connection: sqlite3.Connection, table: str, columns: dict[str, str]) -> None:
    present = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    for name, kind in columns.items():
        if name not in present:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
