"""One look at what a server shows at a place: the picture, its bytes where they are needed, and its owner."""

from dataclasses import dataclass, replace

from app.poster.applying.publishing import digest
from app.poster.journal.store import ByteStore
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown
from app.poster.uploading.ownership import ServerOwner, whose
from app.poster.uploading.receiver import Receiver
from app.poster.uploading.state import shows_ours


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown with `sha256` and `owner`, how we know the owner, and the bytes, b"" if not fetched."""

    shown: Shown
    why: str
    content: bytes = b""

    @property
    def owner(self) -> Owner:
        return self.shown.owner


def look_at(
    receiver: Receiver,
    place: Place,
    known: UploadRecord | None,
    file_sha256: str = "",
    replaces_overlay: bool = False,
) -> Seen:
    """What is shown now; a picture that is known by its id is not fetched again. UploadTrouble."""
    shown = receiver.shown(place)
    if shows_ours(known) and shown.art_id and shown.art_id == known.shown.art_id and known.shown.sha256:
        same = replace(shown, sha256=known.shown.sha256, size=known.shown.size, owner=Owner.OURS)
        return Seen(same, "the server shows the picture that we uploaded, by its id")
    content = receiver.read(place, shown) if shown.art_id else b""
    if content:
        shown = replace(shown, sha256=digest(content), size=len(content))
    if is_refresh(known, shown):
        return seen(shown, ServerOwner(Owner.SERVER, known.why), content)
    found = whose(place.slot, shown, content, bytes_of_ours(known, file_sha256), replaces_overlay)
    return seen(shown, found, content)


def is_refresh(known: UploadRecord | None, shown: Shown) -> bool:
    """Whether the picture was found before to be one that the server put in place of ours.

    No server refreshes what is locked: there a person has chosen the picture.
    """
    if known is None or not known.sent_sha256 or not shown.art_id or shown.is_locked:
        return False
    is_known = known.shown.owner is Owner.SERVER and known.shown.art_id == shown.art_id
    return is_known or is_same_as_before(known, shown)


def is_same_as_before(known: UploadRecord, shown: Shown) -> bool:
    """Whether the server shows again by itself what it showed before our upload."""
    is_same = known.before.owner is Owner.SERVER and shown.sha256 == known.before.sha256
    return is_same and not shown.is_locked


def seen(shown: Shown, found: ServerOwner, content: bytes) -> Seen:
    return Seen(replace(shown, owner=found.owner), found.why, content)


def bytes_of_ours(known: UploadRecord | None, file_sha256: str = "") -> frozenset[str]:
    """The SHA-256 of all bytes by which our picture is known at a place."""
    ours = {file_sha256}
    if known and known.sent_sha256:
        ours |= {known.sent_sha256, known.file_sha256}
    if shows_ours(known):
        ours.add(known.shown.sha256)
    return frozenset(ours - {""})


def kept_before(
    receiver: Receiver, store: ByteStore, place: Place, seen: Seen, known: UploadRecord | None
) -> Shown:
    """What is shown before an upload, whose bytes the store has by `sha256` when this returns.

    In place of bytes that the server made of ours, those that were sent count.
    """
    shown = seen.shown
    if not shown.art_id or store.has(shown.sha256):
        return shown
    if seen.owner is Owner.OURS and known and store.has(known.sent_sha256):
        return replace(shown, sha256=known.sent_sha256)
    content = seen.content or receiver.read(place, shown)
    return replace(shown, sha256=store.keep_bytes(content), size=len(content))
