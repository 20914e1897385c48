"""What was done to every file, written down before and after, and what is known of every asset."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import monotonic

from app.poster.journal.buffer import Buffer
from app.poster.journal.settling import settle
from app.poster.journal.tables import (
    ENTRY_COLUMNS,
    connect_or_replace,
    file_text,
    pack_for_entry,
    pack_record,
    read_entry,
    read_record,
    trouble,
)
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry, RunFacts
from app.poster.records.step import FileState, Step

NAME = "engine.db"
SLICE = 500
MOST_BUFFERED = 200
LONGEST_BUFFERED = 2.0


class Journal:
    """The journal in `folder`; calls come from any thread. JournalTrouble where the disk refuses.

    `set_aside` is where a damaged database was moved to, None where none was found. Notes and completed
    steps are written in batches: at the latest with the next step, after two seconds of work, or at the end.
    """

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / NAME
        self._lock = Lock()
        self._buffer = Buffer()
        self._buffered_since = monotonic()
        self._open: dict[int, AssetRecord] = {}
        with trouble(self._path):
            self._database, self.set_aside = connect_or_replace(self._path)

    def begin(self, run: RunFacts) -> None:
        """Write down that the run has started; a run of the same name is started again."""
        sql = (
            "INSERT INTO runs (name, mode, started) VALUES (?, ?, ?) ON CONFLICT (name) "
            "DO UPDATE SET mode = excluded.mode, started = excluded.started, ended = NULL"
        )
        with self._writing() as database:
            database.execute(sql, (run.name, run.mode, run.started.isoformat()))

    def records(self, paths: Sequence[str]) -> dict[str, AssetRecord]:
        """What is known of those assets, by path; unknown ones are left out."""
        with self._lock, trouble(self._path):
            rows = [row for start in range(0, len(paths), SLICE) for row in self._rows(paths[start:][:SLICE])]
            rows += self._buffer.contents(paths)
        found = {path: read_record(content) for path, content in rows}
        return {path: record for path, record in found.items() if record}

    def intend(self, run: str, step: Step, after: FileState | None, record: AssetRecord) -> int:
        """Write down what will be done, on the disk when this returns; the number of the entry.

        `after` is the file that will lie there, None where none will; `record` becomes the asset's when the
        step is completed.
        """
        values = {
            "run": run,
            "path": step.path,
            "action": step.action.value,
            "state": EntryState.INTENDED.value,
            "at": moment(),
            "before": file_text(step.before),
            "after": file_text(after),
            "record": pack_for_entry(record),
        }
        sql = f"INSERT INTO entries ({', '.join(values)}) VALUES ({', '.join(['?'] * len(values))})"
        with self._writing() as database:
            number = database.execute(sql, tuple(values.values())).lastrowid
        with self._lock:
            self._open[number] = record
        return number

    def complete(self, number: int, file: FileState | None) -> None:
        """The step is done and `file` lies there; the step's record is now the asset's."""
        with self._lock:
            record = replace(self._open.pop(number), file=file)
            self._buffer.finish(number, EntryState.DONE, file_text(file))
            self._keep(record)

    def fail(self, number: int, why: str) -> None:
        """The step was not done; the asset's record stays as it was."""
        with self._lock:
            self._open.pop(number, None)
            self._buffer.finish(number, EntryState.FAILED, why=why)
            self._flush_if_due()

    def note(self, record: AssetRecord) -> None:
        """Keep what is known of an asset whose file was not touched."""
        with self._lock:
            self._keep(record)

    def reconcile(self, assets: Path) -> list[JournalEntry]:
        """Finish what an interrupted run left, by looking at its files; the entries as they are now.

        The new bytes mean that the step was done, anything else that it was not.
        """
        settled = []
        with self._writing() as database:
            for row in database.execute(
                f"{ENTRY_COLUMNS} WHERE state = 'intended' ORDER BY number"
            ).fetchall():
                entry = settle(read_entry(row), assets)
                self._buffer.finish(entry.number, entry.state, file_text(entry.after), entry.why)
                if entry.state is EntryState.DONE and entry.record:
                    self._buffer.keep(entry.path, pack_record(entry.record))
                settled.append(entry)
            self._buffer.write(database)
        return settled

    def end(self, run: str, ended: datetime) -> None:
        """Write down that the run is over, and everything that was still to be written."""
        with self._writing() as database:
            database.execute("UPDATE runs SET ended = ? WHERE name = ?", (ended.isoformat(), run))
        with self._lock, trouble(self._path):
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Write what was still to be written, and close the file."""
        with self._writing():
            pass
        with self._lock:
            self._database.close()

    def _rows(self, paths: Sequence[str]) -> list[tuple[str, bytes]]:
        marks = ", ".join("?" * len(paths))
        sql = f"SELECT path, record FROM assets WHERE path IN ({marks})"
        return self._database.execute(sql, tuple(paths)).fetchall()

    def _keep(self, record: AssetRecord) -> None:
        self._buffer.keep(record.path, pack_record(record))
        self._flush_if_due()

    def _flush_if_due(self) -> None:
        is_old = monotonic() - self._buffered_since > LONGEST_BUFFERED
        if is_old or len(self._buffer) >= MOST_BUFFERED:
            with trouble(self._path), self._transaction():
                pass

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that also holds everything buffered, on the disk when it is left."""
        with self._lock, trouble(self._path), self._transaction() as database:
            yield database

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self._buffer.write(self._database)
            yield self._database
            self._database.execute("COMMIT")
        except BaseException:
            # A full disk ends the transaction by itself.
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise
        self._buffer.clear()
        self._buffered_since = monotonic()


def moment() -> str:
    return datetime.now(UTC).isoformat()
