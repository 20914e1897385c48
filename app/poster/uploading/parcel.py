"""A picture on its way: the order for all places of an asset, and the parcel for one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Shown, UploadState
from app.poster.uploading.looking import Seen
from app.poster.uploading.places import ListedPlace
from app.poster.uploading.receiver import TooLarge
from app.poster.uploading.state import shows_ours


@dataclass(frozen=True, slots=True)
class HeldPicture:
    """A picture in memory, in place of a file."""

    content: bytes

    def read_bytes(self) -> bytes:
        return self.content


@dataclass(frozen=True, slots=True)
class UploadOrder:
    """The file of one asset and its places; `record` is what is known of the asset after its step.

    `file_sha256` is "" where the bytes are not known, or are still to be drawn. A picture that is in no file
    is kept in the store when it goes up.
    """

    record: AssetRecord
    file: Path | HeldPicture
    file_sha256: str
    places: Sequence[ListedPlace]
    was_made: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """The bytes of one file on the way to one place."""

    order: UploadOrder
    listed: ListedPlace
    content: bytes
    known: UploadRecord | None


def beginning(parcel: Parcel) -> UploadRecord:
    """What is known of the place so far."""
    return parcel.known or UploadRecord(parcel.listed.place, UploadState.WAITING)


def stamped_record(record: UploadRecord, state: UploadState, why: str) -> UploadRecord:
    return replace(record, state=state, why=why, at=datetime.now(UTC))


def state_by_bytes(known: UploadRecord, shown: Shown) -> UploadState:
    return UploadState.APPLIED if shown.sha256 == known.sent_sha256 else UploadState.RE_ENCODED


def state_of_other(known: UploadRecord | None) -> UploadState:
    """How a picture that is not ours is called at a place."""
    was_ours = known and known.sent_sha256 and known.state is not UploadState.TAKEN_BACK
    return UploadState.OVERWRITTEN if was_ours else UploadState.KEPT


def ours_in(parcel: Parcel, seen: Seen) -> str:
    """The art id of our picture that the new one takes the place of, "" for none."""
    if seen.owner is Owner.OURS:
        return seen.shown.art_id
    known = parcel.known
    is_there = shows_ours(known) and known.shown.art_id in seen.shown.pile
    return known.shown.art_id if is_there else ""


def required(content: bytes) -> bytes:
    """The bytes; TooLarge where no quality was low enough."""
    if not content:
        raise TooLarge("no quality makes the picture small enough")
    return content


def too_large(parcel: Parcel, limit: int) -> str:
    return (
        f"not uploaded: too large ({len(parcel.content)} bytes), {parcel.listed.place.server.value} or the "
        f"proxy before it refuses {limit}; raise the proxy's limit (nginx: client_max_body_size) "
        "or lower outputQuality"
    )
