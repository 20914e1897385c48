"""Where a content was part of a step of the built-in script, by the journal."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.core.decisions.journal import has_column, reading_journal, record_words, unpacked
from app.core.decisions.run_entries import placeholders
from app.core.errors import Unavailable

# What a content was to a step: what it wrote, what lay there before, what it sent to a server, and what the
# server showed then.
WRITTEN, FOUND, SENT, SHOWN = "written", "found", "sent", "shown"
SHA256 = "json_extract({}, '$.sha256')"
# The columns as the indexes of engine.db have them, and without these all the same, only slower.
PLACES = {
    WRITTEN: (SHA256.format("after"), "after IS NOT NULL"),
    FOUND: (SHA256.format("before"), "before IS NOT NULL"),
    SENT: ("sent", "sent != ''"),
    SHOWN: (SHA256.format("shown_after"), "shown_after IS NOT NULL"),
}
BEGINNING = 16
PART = 400


class ContentTrace(NamedTuple):
    """One step of which the content was a part; `role` is a key of `PLACES`."""

    digest: str
    sha256: str
    path: str
    role: str
    number: int


def traces_of(engine: Path, digests: Iterable[str]) -> list[ContentTrace]:
    """The newest step for each path and role of contents, named by the beginning of their SHA-256.

    None of a journal that cannot be read, or that is older than the server's uploads.
    """
    try:
        with reading_journal(engine) as journal:
            if not has_column(journal, "entries", "sent"):
                return []
            return [
                ContentTrace(sha256[:BEGINNING], sha256, path, role, number)
                for some in digest_batches(digests)
                for role in PLACES
                for sha256, path, number in steps_with(journal, role, some)
            ]
    except Unavailable:
        return []


def digest_batches(digests: Iterable[str]) -> Iterator[list[str]]:
    kept = list(digests)
    return (kept[start : start + PART] for start in range(0, len(kept), PART))


def steps_with(journal: sqlite3.Connection, role: str, digests: list[str]) -> list[tuple[str, str, int]]:
    sha256, condition = PLACES[role]
    query = (
        f"SELECT {sha256}, path, max(number) FROM entries WHERE {condition} AND state = 'done'"
        f" AND substr({sha256}, 1, {BEGINNING}) IN ({placeholders(digests)}) GROUP BY 1, 2"
    )
    return journal.execute(query, digests).fetchall()


def record_of_step(engine: Path, number: int) -> dict[str, Any] | None:
    """What was known of the asset when that step was done; None where the journal has given that up."""
    try:
        with reading_journal(engine) as journal:
            row = journal.execute("SELECT record FROM entries WHERE number = ?", (number,)).fetchone()
            return unpacked(row[0], record_words(journal)) if row and row[0] else None
    except Unavailable:
        return None
