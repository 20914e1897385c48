"""The known state of one asset at one place, and what follows from it before the server is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.poster.records.journal_entry import UploadRecord
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, UploadState
from app.poster.uploading.ownership import overlay_labels
from app.poster.uploading.places import ListedPlace
from app.poster.uploading.rules import UploadRules

SHOWS_OURS = frozenset((UploadState.APPLIED, UploadState.RE_ENCODED))
SHOWS_OTHERS = frozenset((UploadState.KEPT, UploadState.OVERWRITTEN))
AWAITS = frozenset((UploadState.WAITING, UploadState.REFUSED))


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What this run did at one place, beside what is known of it now.

    `was_sent` says that the picture went up, `was_replaced` that the server had put another one in place of
    ours before. In a dry run `is_planned` says that it would go up.
    """

    record: UploadRecord
    was_sent: bool = False
    was_replaced: bool = False
    is_planned: bool = False


def must_send(
    known: UploadRecord | None, file_sha256: str, rules: UploadRules, was_made: bool, is_taken: bool
) -> bool:
    """Whether the server is to be asked, and sent the file unless it shows that or what is not ours.

    `file_sha256` is "" where the file's bytes are not known.
    """
    wants = rules.sends(was_made)
    if known is None or known.state in AWAITS:
        return wants or known is not None
    if known.state is UploadState.TAKEN_BACK:
        # Only another picture than the one that was taken back goes up.
        return is_taken or (wants and known.file_sha256 != file_sha256)
    if is_taken or (rules.always and wants):
        return True
    if known.state in SHOWS_OTHERS:
        return rules.replaces_overlay and bool(overlay_labels(known.place.slot, known.shown))
    return wants and known.file_sha256 != file_sha256


def shows_ours(known: UploadRecord | None) -> bool:
    """Whether `known.shown` is a picture of ours."""
    return known is not None and known.shown.owner is Owner.OURS


def shows_before(known: UploadRecord) -> bool:
    """Whether `known.shown` is the picture that was there before ours."""
    before, shown = known.before, known.shown
    is_same = bool(shown.sha256) and shown.sha256 == before.sha256
    return bool(before.art_id) and (is_same or known.state is UploadState.TAKEN_BACK)


def known_at(uploads: Iterable[UploadRecord], place: Place) -> UploadRecord | None:
    return next((known for known in uploads if known.place == place), None)


def awaiting(
    uploads: Sequence[UploadRecord], places: Sequence[ListedPlace], rules: UploadRules
) -> tuple[UploadRecord, ...]:
    """The records of an asset whose picture was just made: at its places it waits, unless theirs is kept.

    An interrupted run leaves them, so that the next one uploads the picture.
    """
    if not rules.sends_made:
        return tuple(uploads)
    waiting = []
    for listed in places:
        known = known_at(uploads, listed.place)
        if known is None or known.state not in SHOWS_OTHERS:
            known = replace(known or UploadRecord(listed.place, UploadState.WAITING), why="not uploaded yet")
            known = replace(known, state=UploadState.WAITING)
        waiting.append(known)
    return merged_uploads(uploads, waiting)


def merged_uploads(
    uploads: Sequence[UploadRecord], newer: Iterable[UploadRecord]
) -> tuple[UploadRecord, ...]:
    """The records with the newer ones in place of those of the same places."""
    by_place = {known.place: known for known in uploads} | {known.place: known for known in newer}
    return tuple(by_place.values())
