"""What became of a step that an interrupted run left, read off the file."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.poster.folders import Trees
from app.poster.journal.store import sha256_of
from app.poster.publish import begun_file, remove_empty
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry
from app.poster.records.reasons import Owner
from app.poster.records.step import FileState

NOT_BEGUN = "the run was interrupted before the file was written"
OTHER_FILE = "the run was interrupted, and the file has been changed since"
NOT_OURS = (Owner.HAND, Owner.TOOL, Owner.SERVER)
UNREADABLE = "the run was interrupted, and the file cannot be read"


def settle(entry: JournalEntry, trees: Trees) -> JournalEntry:
    """The entry as DONE where the file is the announced one, else as FAILED with the reason."""
    try:
        found = file_state(trees.file(entry.path))
    except OSError:
        return replace(entry, state=EntryState.FAILED, why=UNREADABLE)
    if is_same(found, entry.after):
        record = entry.record and with_file(entry.record, found)
        return replace(entry, state=EntryState.DONE, after=found, record=record)
    why = NOT_BEGUN if is_same(found, entry.before) else OTHER_FILE
    return replace(entry, state=EntryState.FAILED, why=why)


def remove_traces(entries: Iterable[JournalEntry], trees: Trees) -> None:
    """Remove what steps that were not done have left: begun files, and folders that were made for them."""
    left = [entry for entry in entries if entry.why == NOT_BEGUN]
    for entry in left:
        with suppress(OSError):
            begun_file(trees.file(entry.path)).unlink(missing_ok=True)
    for entry in left:
        if entry.made_folders:
            remove_empty(list(trees.file(entry.path).parents)[: entry.made_folders])


def with_file(record: AssetRecord, file: FileState | None) -> AssetRecord:
    """The record of an asset whose step left `file`; one that is not ours, is none of its files."""
    return replace(record, file=None if record.owner in NOT_OURS else file)


def file_state(path: Path) -> FileState | None:
    """The file as it lies there, None where there is none."""
    try:
        facts = path.stat()
        return FileState(facts.st_size, facts.st_mtime_ns, sha256_of(path))
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_same(one: FileState | None, other: FileState | None) -> bool:
    """Whether both are the same bytes, or both no file; where bytes are not known, size and time count."""
    if one is None or other is None:
        return one is other
    if one.sha256 and other.sha256:
        return (one.size, one.sha256) == (other.size, other.sha256)
    return (one.size, one.mtime_ns) == (other.size, other.mtime_ns)
