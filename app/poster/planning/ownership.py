"""Whose a file in the asset folder is."""

from dataclasses import replace
from pathlib import Path
from stat import S_ISREG

from app.poster.journal.store import sha256_of
from app.poster.planning.marks import maker
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Owner
from app.poster.records.step import FileState


def look(file: Path, record: AssetRecord | None) -> tuple[Owner, FileState | None]:
    """The owner and the state of the file; (NOBODY, None) where there is none.

    OURS are the bytes that the journal wrote and files with our mark. A file is read whole only where its
    SHA-256 may be needed: with the journal's size and time it is known, and of what is not ours it stays "".
    OSError where the file cannot be read; a folder or a device counts as made by hand.
    """
    try:
        facts = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Owner.NOBODY, None
    found = FileState(facts.st_size, facts.st_mtime_ns)
    written = record.file if record else None
    if not S_ISREG(facts.st_mode):
        return Owner.HAND, found
    if written and (written.size, written.mtime_ns) == (found.size, found.mtime_ns):
        return Owner.OURS, written
    if written and written.size == found.size:
        found = replace(found, sha256=sha256_of(file))
    return owner_by_content(file, found, written)


def owner_by_content(file: Path, found: FileState, written: FileState | None) -> tuple[Owner, FileState]:
    """The owner by bytes or mark."""
    if written and written.sha256 == found.sha256:
        return Owner.OURS, found
    owner = maker(file)
    if owner is Owner.OURS and not found.sha256:
        found = replace(found, sha256=sha256_of(file))
    return owner, found
