"""Files that the journal does not know, files that a killed run has begun, and the files of the store."""

import os
import re
from collections.abc import Collection, Container, Iterator
from functools import partial
from pathlib import Path

from app.poster.cleaning.asset_folder import NOT_OURS, AssetWalk, reserved_folders
from app.poster.doctor.findings import Finding, Findings, What
from app.poster.folders import Folders
from app.poster.journal.journal import Journal
from app.poster.journal.settling import file_state, with_file
from app.poster.journal.store import BytesMissing, ByteStore
from app.poster.planning.marks import carries_mark
from app.poster.records.journal_entry import AssetRecord, EntryState
from app.poster.records.step import FileState

BEGUN_PICTURE = re.compile(r"\..+\.jpg\.part", re.DOTALL)
BEGUN_ANY = re.compile(r"\..+\.part", re.DOTALL)
BEGUN = "a killed run began this file, and nobody completes it"
UNKNOWN = "it carries our mark, and the journal has no record of it: the next full run adopts it"
UNUSED = "no entry and no record refers to these bytes of the store, so no undo needs them"


def damaged_bytes(store: ByteStore, account: Findings, whole: set[str]) -> Iterator[Finding]:
    """Files of the store whose bytes are not those of their names; all other names go into `whole`."""
    for one in store.kept():
        account.checked["kept"] += 1
        try:
            store.read(one.sha256)
            whole.add(one.sha256)
        except BytesMissing as error:
            why = f"{error}; a repair moves them to store/damaged"
            yield Finding(What.BYTES_DAMAGED, one.sha256, why, partial(store.set_aside, one.sha256))
        except OSError as error:
            why = f"the bytes in the store cannot be read: {error.strerror}"
            yield Finding(What.BYTES_DAMAGED, one.sha256, why)


def unused_bytes(store: ByteStore, names: Collection[str], may_be_needed: bool) -> Iterator[Finding]:
    """Bytes that nothing refers to; those that a journal may have known which was lost are never removed."""
    why = UNUSED
    if may_be_needed:
        why = f"{UNUSED}; they stay, as the journal is empty or a damaged one lies beside it"
    for name in sorted(names):
        yield Finding(What.BYTES_UNUSED, name, why, None if may_be_needed else partial(store.remove, name))


def unknown_files(folders: Folders, known: Container[str], journal: Journal | None) -> Iterator[Finding]:
    """Pictures with our mark that no record is about; entries that wrote their bytes prove the record."""
    folder = AssetWalk(folders.assets, reserved_folders(folders))
    for path in folder.files(lambda path: path not in known):
        if carries_mark(folders.assets / path):
            record = proven_record(folders.assets / path, path, journal) if journal else None
            remedy = partial(journal.note, record) if record else None
            yield Finding(What.UNKNOWN_FILE, path, UNKNOWN, remedy)


def proven_record(target: Path, path: str, journal: Journal) -> AssetRecord | None:
    """The record of the newest step that wrote exactly these bytes; None where there is none."""
    found = file_state(target)
    done = [entry for entry in journal.entries(path=path) if entry.state is EntryState.DONE and entry.record]
    wrote = [entry for entry in done if entry.place is None and has_bytes(entry.after, found)]
    return with_file(wrote[-1].record, found) if wrote else None


def has_bytes(one: FileState | None, other: FileState | None) -> bool:
    return bool(one and other and one.sha256 == other.sha256)


def begun_files(folders: Folders) -> Iterator[Finding]:
    """What killed runs began to write, in the asset folder and in that of the engine."""
    passed = {str(path) for path in reserved_folders(folders)}
    places = ((folders.assets, BEGUN_PICTURE, passed), (folders.engine, BEGUN_ANY, set()))
    for folder, pattern, not_entered in places:
        for path in files_of(folder, not_entered):
            if pattern.fullmatch(path.name):
                yield Finding(What.BEGUN_FILE, str(path.relative_to(folder)), BEGUN, path.unlink)


def files_of(folder: Path, not_entered: Container[str]) -> Iterator[Path]:
    """All files below the folder; links are not followed."""
    for place, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if name not in NOT_OURS and f"{place}/{name}" not in not_entered]
        yield from (Path(place, name) for name in names)
