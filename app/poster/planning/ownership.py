"""Whose a file in the asset folder is."""

from pathlib import Path
from stat import S_ISREG

from app.poster.journal.store import sha256_of
from app.poster.planning.marks import maker
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Owner
from app.poster.records.step import FileState


def look(file: Path, record: AssetRecord | None) -> tuple[Owner, FileState | None]:
    """The owner and the state of the file; (NOBODY, None) where there is none.

    OURS are the bytes that the journal wrote and files with our mark. A file with the journal's size and time
    is not read. OSError where it cannot be read; a folder or a device counts as made by hand.
    """
    try:
        facts = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Owner.NOBODY, None
    if not S_ISREG(facts.st_mode):
        return Owner.HAND, FileState(facts.st_size, facts.st_mtime_ns)
    written = record.file if record else None
    if written and (written.size, written.mtime_ns) == (facts.st_size, facts.st_mtime_ns):
        return Owner.OURS, written
    state = FileState(facts.st_size, facts.st_mtime_ns, sha256_of(file))
    if written and written.sha256 == state.sha256:
        return Owner.OURS, state
    return maker(file), state
