"""Whose a file in the asset folder is."""

from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG

from app.poster.journal.store import sha256_of
from app.poster.planning.marks import maker
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import Owner, Reason
from app.poster.records.step import FileState

WROTE = "the journal wrote these bytes"


@dataclass(frozen=True, slots=True)
class OwnedFile:
    """What lies at a path: whose it is, how we know, and its state, None where there is no file."""

    owner: Owner = Owner.NOBODY
    why: str = "there is no file"
    state: FileState | None = None


def look(file: Path, record: AssetRecord | None) -> OwnedFile:
    """The owner and the state of the file.

    OURS are the bytes that the journal wrote and files with our mark, unless a person holds
    them. A file is read whole only where its SHA-256 may be needed: with the journal's size and time it is
    known, and of what is not ours it stays "".
    OSError where the file cannot be read; a folder or a device counts as made by hand.
    """
    try:
        facts = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return OwnedFile()
    found = FileState(facts.st_size, facts.st_mtime_ns)
    written = record.file if record else None
    if not S_ISREG(facts.st_mode):
        return OwnedFile(Owner.HAND, "is no plain file", found)
    if record and record.hold is Hold.HELD:
        return OwnedFile(Owner.HAND, Reason.HELD.sentence, found)
    if written and (written.size, written.mtime_ns) == (found.size, found.mtime_ns):
        return OwnedFile(Owner.OURS, WROTE, written)
    if written and written.size == found.size:
        found = replace(found, sha256=sha256_of(file))
    return owner_by_content(file, found, written)


def owner_by_content(file: Path, found: FileState, written: FileState | None) -> OwnedFile:
    """The owner by bytes or mark."""
    if written and written.sha256 == found.sha256:
        return OwnedFile(Owner.OURS, WROTE, found)
    owner, why = maker(file)
    if owner is Owner.OURS and not found.sha256:
        found = replace(found, sha256=sha256_of(file))
    if owner is Owner.HAND and written:
        why = "other bytes than the journal wrote, without a mark"
    return OwnedFile(owner, why, found)
