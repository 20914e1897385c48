"""What the journal writes together: finished steps and records of assets."""

import sqlite3
from collections.abc import Iterable

from app.poster.folders import is_asset
from app.poster.journal.marks import marks_of, offered_word
from app.poster.journal.packing import pack_record
from app.poster.journal.rows import upload_word
from app.poster.records.journal_entry import AssetRecord, EntryState

FINISH = "UPDATE entries SET state = ?, after = coalesce(?, after), why = ? WHERE number = ?"
FINISH_UPLOAD = "UPDATE entries SET state = 'done', shown_after = ?, record = ? WHERE number = ?"
# What a run knew of an asset before a person changed it does not replace what is known since.
KEEP = (
    "INSERT INTO assets (path, record, owner, upload, marks, offered, edits) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (path) DO UPDATE SET record = excluded.record, owner = excluded.owner, "
    "upload = excluded.upload, marks = excluded.marks, offered = excluded.offered, "
    "edits = excluded.edits, missing_since = NULL WHERE excluded.edits >= assets.edits"
)
FAILED = "INSERT OR REPLACE INTO failures (path, run, at, why) VALUES (?, ?, ?, ?)"
MENDED = "DELETE FROM failures WHERE path = ?"


class Buffer:
    """Changes that are not in the database yet; the caller holds a lock."""

    def __init__(self):
        self._finished: dict[int, tuple[str, str | None, str]] = {}
        self._uploaded: dict[int, tuple[str, bytes]] = {}
        self._records: dict[str, tuple[bytes, str, str, str, str, int]] = {}
        self._failures: dict[str, tuple[str, str, str] | None] = {}

    def __len__(self) -> int:
        return len(self._finished) + len(self._uploaded) + len(self._records) + len(self._failures)

    def finish(self, number: int, state: EntryState, after: str | None = None, why: str = "") -> None:
        """The entry's state from now on; `after` None leaves the file as it was announced."""
        self._finished[number] = (state.value, after, why)

    def finish_upload(self, number: int, shown_after: str, record: bytes) -> None:
        """The upload is done; the entry has the record as it is now."""
        self._uploaded[number] = (shown_after, record)

    def keep(self, record: AssetRecord) -> None:
        """The record is now the asset's; files of other trees are no assets."""
        if is_asset(record.path):
            words = record.owner.value, upload_word(record), marks_of(record), offered_word(record)
            self._records[record.path] = pack_record(record), *words, record.edits

    def keep_failure(self, path: str, failure: tuple[str, str, str] | None) -> None:
        """(run, time, why) of a picture that could not be made or uploaded; None where it could."""
        self._failures[path] = failure

    def contents(self, paths: Iterable[str]) -> list[tuple[str, bytes]]:
        """The records of those paths that are newer than those in the database."""
        return [(path, self._records[path][0]) for path in paths if path in self._records]

    def write(self, database: sqlite3.Connection) -> None:
        """Write everything into the open transaction; `clear` follows when that is committed."""
        for sql, done in ((FINISH, self._finished), (FINISH_UPLOAD, self._uploaded)):
            database.executemany(sql, ((*values, number) for number, values in done.items()))
        database.executemany(KEEP, ((path, *values) for path, values in self._records.items()))
        failed = ((path, *failure) for path, failure in self._failures.items() if failure)
        database.executemany(FAILED, failed)
        database.executemany(MENDED, ((path,) for path, failure in self._failures.items() if not failure))

    def clear(self) -> None:
        self._finished.clear()
        self._uploaded.clear()
        self._records.clear()
        self._failures.clear()
