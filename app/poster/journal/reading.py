"""Queries about runs and their entries."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from app.poster.journal.rows import ENTRY_COLUMNS, read_entry
from app.poster.journal.run_names import is_named
from app.poster.records.journal_entry import JournalEntry, RunFacts
from app.poster.records.server_art import Slot

UNSETTLED = f"{ENTRY_COLUMNS} WHERE state = 'intended' AND place IS {{}}NULL ORDER BY number"


def entries_of(
    database: sqlite3.Connection, run: str | None = None, path: str | None = None
) -> list[JournalEntry]:
    """The entries of a run, of an asset, or of both, in the order in which they were written."""
    given = {name: value for name, value in (("run", run), ("path", path)) if value is not None}
    where = " AND ".join(f"{name} = ?" for name in given)
    sql = f"{ENTRY_COLUMNS} {'WHERE' if given else ''} {where} ORDER BY number"
    return [read_entry(row) for row in database.execute(sql, tuple(given.values()))]


def histories(database: sqlite3.Connection, paths: Sequence[str]) -> dict[str, list[JournalEntry]]:
    """All entries of each of those assets, in the order in which they were written; at most 500 paths."""
    marks = ", ".join("?" * len(paths))
    found: dict[str, list[JournalEntry]] = {path: [] for path in paths}
    for row in database.execute(f"{ENTRY_COLUMNS} WHERE path IN ({marks}) ORDER BY number", tuple(paths)):
        entry = read_entry(row)
        found[entry.path].append(entry)
    return found


def made_folders(database: sqlite3.Connection, runs: tuple[str, ...]) -> list[tuple[str, int]]:
    """Each path with which those runs made folders, and how many of those above it."""
    marks = ", ".join("?" * len(runs))
    sql = f"SELECT path, made_folders FROM entries WHERE run IN ({marks}) AND made_folders > 0"
    return database.execute(sql, runs).fetchall()


def unsettled_files(database: sqlite3.Connection, mode: str | None = None) -> list[JournalEntry]:
    """The steps on files without an end; with `mode` only those of runs of that mode."""
    found = [read_entry(row) for row in database.execute(UNSETTLED.format("")).fetchall()]
    if mode is None:
        return found
    names = {name for (name,) in database.execute("SELECT name FROM runs WHERE mode = ?", (mode,))}
    return [entry for entry in found if entry.run in names]


def unsettled_uploads(database: sqlite3.Connection) -> list[JournalEntry]:
    return [read_entry(row) for row in database.execute(UNSETTLED.format("NOT ")).fetchall()]


def runs_named(database: sqlite3.Connection, number_or_name: str) -> list[RunFacts]:
    """The run of that name, or all attempts of the server's run of that number, the oldest first."""
    # The pattern finds the few names that may fit, `is_named` those that do.
    sql = "SELECT name, mode, started, ended FROM runs WHERE instr(name, ?) ORDER BY started, name"
    rows = database.execute(sql, (number_or_name,)).fetchall()
    return [read_run(row) for row in rows if is_named(row[0], number_or_name)]


def read_run(row: tuple) -> RunFacts:
    name, mode, started, ended = row
    return RunFacts(name, mode, datetime.fromisoformat(started), ended and datetime.fromisoformat(ended))


def paths_of(database: sqlite3.Connection, runs: tuple[str, ...]) -> list[str]:
    """The paths that those runs have done something to, each once, the newest first."""
    marks = ", ".join("?" * len(runs))
    sql = (
        f"SELECT path FROM entries WHERE run IN ({marks}) AND state = 'done' "
        "GROUP BY path ORDER BY max(number) DESC"
    )
    return [path for (path,) in database.execute(sql, runs)]


def last_number(database: sqlite3.Connection, runs: tuple[str, ...]) -> int:
    """The last entry of those runs, 0 where they have none."""
    marks = ", ".join("?" * len(runs))
    return (
        database.execute(f"SELECT max(number) FROM entries WHERE run IN ({marks})", runs).fetchone()[0] or 0
    )


def paths_since(database: sqlite3.Connection, number: int) -> list[str]:
    """The paths that anybody has done something to behind that entry, each once, in their order."""
    sql = "SELECT DISTINCT path FROM entries WHERE number > ? ORDER BY path"
    return [path for (path,) in database.execute(sql, (number,))]


def made_folders_since(database: sqlite3.Connection, number: int) -> list[tuple[str, int]]:
    """As `made_folders`, behind that entry."""
    sql = "SELECT path, made_folders FROM entries WHERE number > ? AND made_folders > 0"
    return database.execute(sql, (number,)).fetchall()


def paths_at(database: sqlite3.Connection, slot: Slot) -> list[str]:
    """The assets that any run has brought to such a place of a server, or taken from there, each once."""
    sql = (
        "SELECT DISTINCT path FROM entries "
        "WHERE json_extract(place, '$.slot') = ? AND state = 'done' ORDER BY path"
    )
    return [path for (path,) in database.execute(sql, (slot.value,))]


def replaced_hashes(database: sqlite3.Connection) -> list[tuple[RunFacts, set[str]]]:
    """The SHA-256 of all that each run replaced, on the disk and on servers, the newest run first."""
    sql = "SELECT name, mode, started, ended FROM runs ORDER BY started DESC, name DESC"
    names: dict[str, tuple[RunFacts, set[str]]] = {
        row[0]: (read_run(row), set()) for row in database.execute(sql)
    }
    sql = (
        "SELECT run, json_extract(before, '$.sha256'), json_extract(shown_before, '$.sha256') "
        "FROM entries WHERE state = 'done'"
    )
    for run, *digests in database.execute(sql):
        if run in names:
            names[run][1].update(filter(None, digests))
    return list(names.values())


def packed_records(database: sqlite3.Connection, paths: Sequence[str]) -> list[tuple[str, bytes]]:
    """(path, packed record) of those of the assets that have a record."""
    marks = ", ".join("?" * len(paths))
    sql = f"SELECT path, record FROM assets WHERE path IN ({marks})"
    return database.execute(sql, tuple(paths)).fetchall()
