"""The call that uploads bytes, and what the server shows afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.poster.applying.publishing import digest
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, UploadState
from app.poster.uploading.likeness import looks_like
from app.poster.uploading.ownership import by_content
from app.poster.uploading.receiver import Receiver, UploadTrouble

ENCODED = "the server shows our picture in an encoding of its own"
NOT_READ = "uploaded, but it could not be read back"


@dataclass(frozen=True, slots=True)
class Sending:
    """Bytes for one place; `ours` is the art id of an earlier picture of ours that they take the place of."""

    receiver: Receiver
    place: Place
    content: bytes
    ours: str = ""

    def put(self, taken_labels: Iterable[str]) -> Shown:
        """Upload the bytes, then take exactly those labels away."""
        after = self.receiver.put(self.place, self.content, self.ours)
        for label in taken_labels:
            self.receiver.set_label(self.place.item_key, label, present=False)
        return after


def read_after(sending: Sending, begun: UploadRecord, after: Shown) -> UploadRecord:
    """The record of the upload by what the server shows now.

    A picture that cannot be read keeps no validator, so that the next run looks again.
    """
    try:
        content = sending.receiver.read(sending.place, after)
    except UploadTrouble as trouble:
        ours = replace(after, owner=Owner.OURS, validator="")
        return finished_upload(begun, ours, UploadState.APPLIED, f"{NOT_READ}: {trouble}")
    shown = replace(after, sha256=digest(content) if content else "", size=len(content))
    return judged_upload(begun, shown, content, sending.content)


def judged_upload(begun: UploadRecord, shown: Shown, content: bytes, sent: bytes) -> UploadRecord:
    """The record by the bytes that are shown after `sent` went up; `shown.sha256` is theirs."""
    ours = replace(shown, owner=Owner.OURS)
    if shown.sha256 == begun.sent_sha256:
        return finished_upload(begun, ours, UploadState.APPLIED, "the server shows the bytes that were sent")
    if not content or shown.sha256 == begun.before.sha256:
        why = "uploaded, but the server still shows what it had before; the next run tries again"
        return finished_upload(begun, replace(shown, validator=""), UploadState.WAITING, why)
    if looks_like(content, sent):
        return finished_upload(
            begun, ours, UploadState.RE_ENCODED, "the server shows our picture in its own encoding"
        )
    found = by_content(shown, content)
    other = replace(shown, owner=found.owner)
    return finished_upload(
        begun, other, UploadState.OVERWRITTEN, f"replaced right after the upload: {found.why}"
    )


def finished_upload(begun: UploadRecord, shown: Shown, state: UploadState, why: str) -> UploadRecord:
    return replace(begun, shown=shown, state=state, why=why, at=datetime.now(UTC))
