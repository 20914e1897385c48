"""How records and entries are written in the tables of engine.db."""

import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import msgspec

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
    *(UploadState.KEPT, UploadState.RE_ENCODED, UploadState.APPLIED),
)
Shape = TypeVar("Shape", FileState, Place, Shown)


def pack_record(record: AssetRecord) -> bytes:
    """The record as compressed JSON."""
    return zlib.compress(msgspec.json.encode(record))


def upload_word(record: AssetRecord) -> str:
    """What became of the asset on its server, "" where it is on none."""
    states = {upload.state for upload in record.uploads}
    return next((state.value for state in FIRST_OF_STATES if state in states), "")


def pack_for_entry(record: AssetRecord) -> bytes:
    """The record without the candidates that lost: most of its size, and of no use to undo a step."""
    return pack_record(replace(record, decision=replace(record.decision, considered=())))


def read_record(content: bytes | None) -> AssetRecord | None:
    """The record, None where there is none that this version can read."""
    with suppress(zlib.error, msgspec.MsgspecError):
        return msgspec.json.decode(zlib.decompress(content), type=AssetRecord) if content else None
    return None


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
