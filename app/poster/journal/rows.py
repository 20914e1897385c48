"""How records and entries are written in the tables of engine.db."""

from datetime import datetime
from typing import Any, TypeVar

import msgspec

from app.poster.journal.packing import read_record
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry
from app.poster.records.reasons import Action, Owner
from app.poster.records.server_art import Place, Shown, UploadState
from app.poster.records.step import FileState

ENTRY_COLUMNS = (
    "SELECT number, run, path, action, state, at, before, after, record, why, "
    "place, shown_before, shown_after, owner, made_folders, sent FROM entries"
)
# Of an asset with several places on a server, the state that needs a person first.
FIRST_OF_STATES = (
    *(UploadState.OVERWRITTEN, UploadState.REFUSED, UploadState.WAITING),
    *(UploadState.KEPT, UploadState.RE_ENCODED, UploadState.APPLIED, UploadState.TAKEN_BACK),
)
Shape = TypeVar("Shape", FileState, Place, Shown)


def upload_word(record: AssetRecord) -> str:
    """What became of the asset on its server, "" where it is on none."""
    states = {upload.state for upload in record.uploads}
    return next((state.value for state in FIRST_OF_STATES if state in states), "")


def as_text(facts: FileState | Place | Shown | None) -> str | None:
    """The facts as JSON, None for none."""
    return msgspec.json.encode(facts).decode() if facts else None


def of_text(text: str | None, shape: type[Shape]) -> Shape | None:
    return msgspec.json.decode(text, type=shape) if text else None


def insertion(values: dict[str, Any]) -> tuple[str, tuple]:
    """The statement and the values that insert an entry."""
    marks = ", ".join("?" * len(values))
    return f"INSERT INTO entries ({', '.join(values)}) VALUES ({marks})", tuple(values.values())


def read_entry(row: tuple) -> JournalEntry:
    """The entry of a row of ENTRY_COLUMNS."""
    number, run, path, action, state, at, before, after, record, why, *more = row
    place, shown_before, shown_after, owner, made_folders, sent = more
    return JournalEntry(
        number=number,
        run=run,
        path=path,
        action=Action(action),
        state=EntryState(state),
        at=datetime.fromisoformat(at),
        before=of_text(before, FileState),
        after=of_text(after, FileState),
        record=read_record(record),
        why=why,
        place=of_text(place, Place),
        shown_before=of_text(shown_before, Shown),
        shown_after=of_text(shown_after, Shown),
        owner=Owner(owner),
        made_folders=made_folders,
        sent_sha256=sent,
    )
