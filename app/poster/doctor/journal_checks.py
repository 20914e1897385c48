"""The journal against the files and the store: open steps, records, and the bytes that undo needs."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from app.poster.doctor.findings import Finding, Findings, What
from app.poster.folders import Trees
from app.poster.journal import reading
from app.poster.journal.journal import Journal
from app.poster.journal.packing import read_record, unpack
from app.poster.journal.settling import file_state
from app.poster.records.step import FileState

DIGEST = re.compile(rb"[0-9a-f]{64}")
DAMAGED = (
    "the file has other bytes than were written, with the same size and time: the disk may be damaged. "
    "Delete the file, and the next full run makes it again"
)
ENTRIES = (
    "SELECT number, path, state, why, before, shown_before, after, shown_after, sent, record FROM entries"
)


@dataclass
class JournalChecks:
    """Reads through `database`, which only reads; remedies need `journal`, None where nothing is repaired.

    `kept` are the SHA-256 of the store's whole files. After the checks `known` has the path of each asset,
    and `used` those of `kept` that entries or records refer to.
    """

    trees: Trees
    database: sqlite3.Connection
    journal: Journal | None
    account: Findings
    kept: frozenset[str]
    known: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def open_steps(self) -> Iterator[Finding]:
        """Steps and uploads that an interrupted run left open; not while a run is active."""
        for entry in reading.unsettled_files(self.database):
            why = "an interrupted run left this step open: the file says whether it was done"
            yield Finding(What.OPEN_STEP, entry.path, why, partial(self._settle))
        for entry in reading.unsettled_uploads(self.database):
            why = "an interrupted run left this upload open: the next run asks the server whether it arrived"
            yield Finding(What.OPEN_UPLOAD, entry.path, why)

    def records(self) -> Iterator[Finding]:
        """Records that nobody can read, and files that are gone or damaged since they were written."""
        for path, content in self.database.execute("SELECT path, record FROM assets"):
            self.account.checked["assets"] += 1
            self.known.add(path)
            record = read_record(content)
            if record is None:
                why = "its record cannot be read: without it the next full run looks at the file anew"
                yield Finding(What.RECORD, path, why, partial(self._forget, path))
                continue
            self._note_used(unpack(content))
            if record.file:
                yield from self._file(path, record.file)

    def entries(self) -> Iterator[Finding]:
        """Bytes that an entry needs to be taken back and that the store has no more."""
        for number, path, state, why, before, shown_before, *others in self.database.execute(ENTRIES):
            self.account.checked["entries"] += 1
            *texts, content = others
            for text in (before, shown_before, *texts):
                self._note_used((text or "").encode())
            if read_record(content):
                self._note_used(unpack(content))
            # An entry with a reason says already that they are gone.
            if state == "done" and not why:
                yield from self._missing(number, path, before, shown_before)

    def _file(self, path: str, written: FileState) -> Iterator[Finding]:
        self.account.checked["files"] += 1
        target = self.trees.file(path)
        try:
            found = file_state(target)
        except OSError as error:
            yield Finding(What.FILE_DAMAGED, path, f"the file cannot be read: {error.strerror}")
            return
        if found is None:
            why = "the file is gone: a full run makes it again where a library wants it"
            yield Finding(What.FILE_GONE, path, why)
        elif is_damaged(found, written):
            yield Finding(What.FILE_DAMAGED, path, DAMAGED)

    def _missing(self, number: int, path: str, *texts: str | None) -> Iterator[Finding]:
        for text in texts:
            digest = json.loads(text).get("sha256") if text else ""
            if digest and digest not in self.kept:
                why = f"the store has no whole bytes {digest:.12}, which lay or were shown there before a run"
                yield Finding(What.BYTES_MISSING, path, why, partial(self._note_gone, number))

    def _note_used(self, content: bytes) -> None:
        self.used.update(name for digest in DIGEST.findall(content) if (name := digest.decode()) in self.kept)

    def _settle(self) -> None:
        self.journal.reconcile(self.trees)

    def _forget(self, path: str) -> None:
        self.journal.forget([path])

    def _note_gone(self, number: int) -> None:
        self.journal.note_gone(number)


def is_damaged(found: FileState, written: FileState) -> bool:
    """Whether the bytes changed without size and time: nobody edits a file so."""
    is_as_written = (found.size, found.mtime_ns) == (written.size, written.mtime_ns)
    return is_as_written and bool(written.sha256) and found.sha256 != written.sha256
