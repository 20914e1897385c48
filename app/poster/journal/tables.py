"""The tables of engine.db, and how records are written in them."""

import errno
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry
from app.poster.records.reasons import Action
from app.poster.records.step import FileState

VERSION = 1
BUSY_SECONDS = 30
TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    name TEXT PRIMARY KEY, mode TEXT NOT NULL, started TEXT NOT NULL, ended TEXT
);
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, path TEXT NOT NULL, action TEXT NOT NULL,
    state TEXT NOT NULL, at TEXT NOT NULL, before TEXT, after TEXT, record BLOB, why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS entries_of_run ON entries (run);
CREATE INDEX IF NOT EXISTS entries_of_path ON entries (path);
CREATE INDEX IF NOT EXISTS unfinished_entries ON entries (number) WHERE state = 'intended';
CREATE TABLE IF NOT EXISTS assets (path TEXT PRIMARY KEY, record BLOB NOT NULL);
"""
ENTRY_COLUMNS = "SELECT number, run, path, action, state, at, before, after, record, why FROM entries"


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
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        sentence = f"{path} was written by a newer version of this program; update this one"
        raise JournalTrouble(errno.EINVAL, sentence)
    connection.execute("PRAGMA journal_mode = WAL")
    # A step is written down before its file is: a loss of power must not turn this round.
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(TABLES)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def pack_record(record: AssetRecord) -> bytes:
    """The record as compressed JSON."""
    return zlib.compress(msgspec.json.encode(record))


def pack_for_entry(record: AssetRecord) -> bytes:
    """The record without the candidates that lost: most of its size, and of no use to undo a step."""
    return pack_record(replace(record, decision=replace(record.decision, considered=())))


def read_record(content: bytes | None) -> AssetRecord | None:
    """The record, None where there is none that this version can read."""
    with suppress(zlib.error, msgspec.MsgspecError):
        return msgspec.json.decode(zlib.decompress(content), type=AssetRecord) if content else None
    return None


def file_text(file: FileState | None) -> str | None:
    return msgspec.json.encode(file).decode() if file else None


def file_of_text(text: str | None) -> FileState | None:
    return msgspec.json.decode(text, type=FileState) if text else None


def read_entry(row: tuple) -> JournalEntry:
    """The entry of a row of ENTRY_COLUMNS."""
    number, run, path, action, state, at, before, after, record, why = row
    return JournalEntry(
        number=number,
        run=run,
        path=path,
        action=Action(action),
        state=EntryState(state),
        at=datetime.fromisoformat(at),
        before=file_of_text(before),
        after=file_of_text(after),
        record=read_record(record),
        why=why,
    )
