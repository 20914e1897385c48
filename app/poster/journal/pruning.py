"""What the journal gives up: bytes beyond the user's limits, and entries beyond what an asset needs."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.poster.journal.packing import bytes_of_uploads
from app.poster.journal.store import ByteStore, KeptBytes
from app.poster.records.environment import StoreLimits

FULL_RUN = "Normal"
ENTRIES_OF_AN_ASSET = 20
RECORDS_OF_AN_ASSET = 6
RUNS = 1000
MEBIBYTE = 2**20
GONE = "the bytes that lay there before are no longer in the store"
# Since the last but one full run that ended: the last one counts with its interrupted beginnings. Where
# there is one full run, since it began, and where there is none, since the last but one run of any mode.
BOUNDARY = f"""
SELECT coalesce(
    (
        SELECT ended FROM runs WHERE mode = '{FULL_RUN}' AND ended IS NOT NULL
        ORDER BY started DESC LIMIT 1 OFFSET 1
    ),
    (SELECT min(started) FROM runs WHERE mode = '{FULL_RUN}'),
    (SELECT ended FROM runs WHERE ended IS NOT NULL ORDER BY started DESC LIMIT 1 OFFSET 1),
    '')
"""
RANKED = """
SELECT number FROM (
    SELECT number, row_number() OVER (PARTITION BY path ORDER BY number DESC) AS rank FROM entries
) WHERE rank > ?
"""
REPLACED = """
SELECT json_extract(before, '$.sha256'), json_extract(shown_before, '$.sha256'), sent
FROM entries WHERE at > ?
"""
UPLOADED = "SELECT record FROM assets WHERE upload != ''"


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many files of the store were deleted, and their bytes."""

    files: int = 0
    bytes: int = 0


def prune(database: sqlite3.Connection, store: ByteStore, limits: StoreLimits, moment: datetime) -> Pruned:
    """Delete what is beyond the limits, in the open transaction; the oldest first.

    What the last full run or any later one replaced stays, whatever the limits say, and what an asset's
    uploads sent and replaced too: its decision is made from that.
    """
    (boundary,) = database.execute(BOUNDARY).fetchone()
    kept = sorted(store.kept(), key=lambda one: one.kept_at)
    evicted = beyond(kept, limits, moment)
    if evicted:
        replaced = {name for row in database.execute(REPLACED, (boundary,)) for name in row}
        for (record,) in database.execute(UPLOADED):
            replaced |= bytes_of_uploads(record)
        evicted = beyond(
            [one for one in kept if one.sha256 not in replaced], limits, moment, bytes_held(kept)
        )
        note_gone(database, (one.sha256 for one in evicted))
    thin_out_journal(database, boundary)
    for one in evicted:
        store.remove(one.sha256)
    return Pruned(len(evicted), bytes_held(evicted))


def beyond(
    files: Iterable[KeptBytes], limits: StoreLimits, moment: datetime, total: int | None = None
) -> list[KeptBytes]:
    """The files, oldest first, that are too old or whose removal brings the total below the cap."""
    files = list(files)
    left = bytes_held(files) if total is None else total
    oldest = moment - timedelta(days=limits.days)
    evicted = []
    for one in files:
        is_too_old = limits.days and one.kept_at < oldest
        is_too_much = limits.megabytes and left > limits.megabytes * MEBIBYTE
        if is_too_old or is_too_much:
            evicted.append(one)
            left -= one.size
    return evicted


def bytes_held(files: Iterable[KeptBytes]) -> int:
    return sum(one.size for one in files)


def note_gone(database: sqlite3.Connection, names: Iterable[str]) -> None:
    """Have the entries say that their earlier bytes are gone."""
    database.execute("CREATE TEMP TABLE gone (name TEXT PRIMARY KEY)")
    database.executemany("INSERT OR IGNORE INTO gone VALUES (?)", ((name,) for name in names))
    for column in ("before", "shown_before"):
        database.execute(
            "UPDATE entries SET why = ? WHERE state = 'done' AND why = '' "
            f"AND json_extract({column}, '$.sha256') IN (SELECT name FROM gone)",
            (GONE,),
        )
    database.execute("DROP TABLE gone")


def thin_out_journal(database: sqlite3.Connection, boundary: str) -> None:
    """Bound what the journal has of an asset, save what is younger than the boundary, and its runs."""
    older = "AND at <= ? AND state != 'intended'"
    database.execute(
        f"DELETE FROM entries WHERE number IN ({RANKED}) {older}", (ENTRIES_OF_AN_ASSET, boundary)
    )
    database.execute(
        f"UPDATE entries SET record = NULL WHERE record IS NOT NULL AND number IN ({RANKED}) {older}",
        (RECORDS_OF_AN_ASSET, boundary),
    )
    database.execute(
        "DELETE FROM runs WHERE ended IS NOT NULL AND name NOT IN (SELECT run FROM entries) "
        "AND started < (SELECT started FROM runs ORDER BY started DESC LIMIT 1 OFFSET ?)",
        (RUNS,),
    )
