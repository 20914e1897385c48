"""What was done to every file, written down before and after, and what is known of every asset."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import monotonic

from app.poster.folders import Trees
from app.poster.journal import reading
from app.poster.journal.buffer import Buffer
from app.poster.journal.forgetting import forget_missing, note_missing
from app.poster.journal.intent import Intent, first_values
from app.poster.journal.packing import pack_for_entry, read_record
from app.poster.journal.pruning import GONE, Pruned, prune
from app.poster.journal.rows import as_text, insertion
from app.poster.journal.settling import remove_traces, settle, with_file
from app.poster.journal.store import ByteStore
from app.poster.journal.tables import connect_or_replace, transaction, trouble
from app.poster.records.environment import StoreLimits
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry, RunFacts
from app.poster.records.reasons import Action
from app.poster.records.server_art import Place, Shown, Slot
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
            rows = [
                row
                for start in range(0, len(paths), SLICE)
                for row in reading.packed_records(self._database, paths[start:][:SLICE])
            ]
            rows += self._buffer.contents(paths)
        found: dict[str, AssetRecord] = {}
        for path, content in rows:
            record = read_record(content)
            # What is still to be written may be older than what a person did meanwhile.
            if record and (path not in found or record.edits >= found[path].edits):
                found[path] = record
        return found

    def edits_of(self, path: str) -> int:
        """How often a person has changed the asset's file through the server, at this moment."""
        sql = "SELECT coalesce(max(edits), 0) FROM assets WHERE path = ?"
        with self._lock, trouble(self._path):
            return self._database.execute(sql, (path,)).fetchone()[0]

    def intend(
        self, run: str, step: Step, after: FileState | None, record: AssetRecord, made_folders: int = 0
    ) -> int:
        """Write down what will be done, on the disk when this returns; the number of the entry.

        `after` is the file that will lie there, None where none will; `record` becomes the asset's when the
        step is completed. `made_folders` counts the folders above the file that are made with it.
        """
        return self.intend_all(run, [Intent(step, after, record, made_folders)])[0]

    def intend_all(self, run: str, intents: Sequence[Intent]) -> list[int]:
        """Write down several steps at once, as `intend` does one; their numbers in the same order."""
        with self._writing() as database:
            numbers = [database.execute(*insertion(intent.values(run))).lastrowid for intent in intents]
        with self._lock:
            self._open.update(zip(numbers, (intent.record for intent in intents), strict=True))
        return numbers

    def intend_upload(
        self,
        run: str,
        path: str,
        action: Action,
        place: Place,
        before: Shown,
        sent_sha256: str,
        record: AssetRecord,
    ) -> int:
        """Write down what a server will be sent, on the disk when this returns; the number of the entry.

        `sent_sha256` is "" where nothing is sent. The entry waits for `complete_upload` or `fail`, also after
        an interrupted run, see `unsettled_uploads`.
        """
        values = {
            **first_values(run, path, action, record),
            "place": as_text(place),
            "shown_before": as_text(before),
            "sent": sent_sha256,
            "owner": before.owner.value,
        }
        with self._writing() as database:
            return database.execute(*insertion(values)).lastrowid

    def complete_upload(self, number: int, after: Shown, record: AssetRecord) -> None:
        """The server shows `after`, and `record` is now the asset's."""
        with self._lock:
            self._buffer.finish_upload(number, as_text(after), pack_for_entry(record))
            self._keep(record)

    def complete(self, number: int, file: FileState | None) -> None:
        """The step is done and `file` lies there; the step's record is now the asset's."""
        with self._lock:
            record = with_file(self._open.pop(number), file)
            self._buffer.finish(number, EntryState.DONE, as_text(file))
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

    def note_failure(self, path: str, run: str, moment: datetime, why: str) -> None:
        """Keep that the run could not make or upload the asset, until one can."""
        with self._lock:
            self._buffer.keep_failure(path, (run, moment.isoformat(), why))
            self._flush_if_due()

    def note_mended(self, path: str) -> None:
        """The asset that an earlier run could not make or upload is as it should be."""
        with self._lock:
            self._buffer.keep_failure(path, None)
            self._flush_if_due()

    def failed_paths(self) -> set[str]:
        """The assets that no run since their failure has made and uploaded."""
        with self.reading() as database:
            return {path for (path,) in database.execute("SELECT path FROM failures")}

    def flush(self) -> None:
        """Write everything buffered, on the disk when this returns."""
        with self._writing():
            pass

    def reconcile(self, trees: Trees, mode: str | None = None) -> list[JournalEntry]:
        """Finish what an interrupted run left, by looking at its files; the entries as they are now.

        The new bytes mean that the step was done, anything else that it was not; then what it began is
        removed. Uploads stay as they are: the disk cannot tell what has become of them. With `mode` only
        what runs of that mode left is looked at.
        """
        with self._writing() as database:
            settled = [settle(entry, trees) for entry in reading.unsettled_files(database, mode)]
            remove_traces(settled, trees)
            for entry in settled:
                self._buffer.finish(entry.number, entry.state, as_text(entry.after), entry.why)
                if entry.state is EntryState.DONE and entry.record:
                    self._buffer.keep(entry.record)
            self._buffer.write(database)
        return settled

    def unsettled_uploads(self) -> list[JournalEntry]:
        """What an interrupted run may have sent to a server, in the order of sending."""
        with self.reading() as database:
            return reading.unsettled_uploads(database)

    def entries(self, run: str | None = None, path: str | None = None) -> list[JournalEntry]:
        """The entries of a run, of an asset, or of both, in the order in which they were written."""
        with self.reading() as database:
            return reading.entries_of(database, run, path)

    def runs_of(self, number_or_name: str) -> list[RunFacts]:
        """The run of that name, or all attempts of the server's run of that number, the oldest first."""
        with self.reading() as database:
            return reading.runs_named(database, number_or_name)

    def paths_of(self, runs: Sequence[str]) -> list[str]:
        """The assets that those runs have done something to, each once, the newest first."""
        with self.reading() as database:
            return reading.paths_of(database, tuple(runs))

    def paths_at(self, slot: Slot) -> list[str]:
        """The assets that any run has brought to such a place of a server, or taken from there, each once."""
        with self.reading() as database:
            return reading.paths_at(database, slot)

    def histories(self, paths: Sequence[str]) -> dict[str, list[JournalEntry]]:
        """All entries of each of those assets, at most 500, in the order in which they were written."""
        with self.reading() as database:
            return reading.histories(database, paths)

    def made_folders(self, runs: Sequence[str]) -> list[tuple[str, int]]:
        """Each path with which those runs made folders, and how many of those above it."""
        with self.reading() as database:
            return reading.made_folders(database, tuple(runs))

    def replaced(self) -> list[tuple[RunFacts, set[str]]]:
        """The SHA-256 of all that each run replaced, the newest run first."""
        with self.reading() as database:
            return reading.replaced_hashes(database)

    def prune(self, store: ByteStore, limits: StoreLimits, moment: datetime) -> Pruned:
        """Delete bytes of the store beyond the limits, and old entries beyond what an asset needs."""
        with self._writing() as database:
            return prune(database, store, limits, moment)

    def forget_missing(self, assets: Path, days: int, moment: datetime) -> int:
        """Delete what is known of assets whose file is missing for so many days; the number of them."""
        with self._writing() as database:
            note_missing(database, assets, moment)
            return forget_missing(database, days, moment)

    def forget(self, paths: Sequence[str]) -> None:
        """Delete the records of those assets; their entries stay."""
        with self._writing() as database:
            database.executemany("DELETE FROM assets WHERE path = ?", ((path,) for path in paths))

    def note_gone(self, number: int) -> None:
        """Have that entry say that bytes which it replaced are no longer stored."""
        with self._writing() as database:
            database.execute("UPDATE entries SET why = ? WHERE number = ? AND why = ''", (GONE, number))

    def end(self, run: str, ended: datetime, is_short: bool = False) -> None:
        """Write down that the run is over, and everything that was still to be written.

        A short one leaves it to the next run, or to the last who closes it, to shorten the database's log.
        """
        with self._writing() as database:
            database.execute("UPDATE runs SET ended = ? WHERE name = ?", (ended.isoformat(), run))
        with self._lock, trouble(self._path):
            if is_short:
                return
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Write what was still to be written, and close the file."""
        self.flush()
        with self._lock:
            self._database.close()

    def _keep(self, record: AssetRecord) -> None:
        self._buffer.keep(record)
        self._flush_if_due()

    def _flush_if_due(self) -> None:
        is_old = monotonic() - self._buffered_since > LONGEST_BUFFERED
        if is_old or len(self._buffer) >= MOST_BUFFERED:
            with trouble(self._path), self._transaction():
                pass

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database with everything buffered in it."""
        with self._lock, trouble(self._path):
            if len(self._buffer):
                with self._transaction():
                    pass
            yield self._database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that also holds everything buffered, on the disk when it is left."""
        with self._lock, trouble(self._path), self._transaction() as database:
            yield database

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with transaction(self._database):
            self._buffer.write(self._database)
            yield self._database
        self._buffer.clear()
        self._buffered_since = monotonic()
