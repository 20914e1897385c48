"""What became of pictures that went up in earlier runs, where the listing says that something changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import UploadState
from app.poster.uploading.likeness import looks_like
from app.poster.uploading.looking import Seen, is_same_as_before, look_at
from app.poster.uploading.ownership import REPLACEABLE
from app.poster.uploading.parcel import stamped_record, state_by_bytes, state_of_other
from app.poster.uploading.places import ListedPlace
from app.poster.uploading.state import AWAITS, SHOWS_OTHERS, SHOWS_OURS, known_at, merged_uploads, shows_ours
from app.poster.uploading.upload import Uploader, UploadResult

OTHER_PICTURE = "another picture than ours, and than the one that was there before"
REFRESHED = "the server has put its own picture in place of ours"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Looks at places whose listed validator is another than that of the last look; 0 requests else."""

    uploader: Uploader
    assets: Path

    def updated(self, record: AssetRecord, places: Sequence[ListedPlace]) -> AssetRecord:
        """The record with what the server shows now, the same object where nothing changed."""
        looked = [self._looked(record, listed) for listed in places]
        newer = [known for known in looked if known]
        return replace(record, uploads=merged_uploads(record.uploads, newer)) if newer else record

    def _looked(self, record: AssetRecord, listed: ListedPlace) -> UploadRecord | None:
        known = known_at(record.uploads, listed.place)
        if known is None or not has_changed(known, listed) or self.uploader.trouble:
            return None
        if known.state is UploadState.TAKEN_BACK or (known.state in AWAITS and not shows_ours(known)):
            # What was taken back is not looked after; an upload looks anyway.
            return None
        result = self.uploader.guarded(known, lambda: UploadResult(self._judged(record, known)))
        # What could not be asked is known as before, and asked by the next run.
        return None if result.record.state in AWAITS and result.record.shown == known.shown else result.record

    def _judged(self, record: AssetRecord, known: UploadRecord) -> UploadRecord:
        rules = self.uploader.rules
        seen = look_at(self.uploader.receiver, known.place, known, replaces_overlay=rules.replaces_overlay)
        if known.state in SHOWS_OTHERS:
            return judged_other(known, seen)
        judged = self._judged_ours(record, known, seen)
        is_behind = known.state in AWAITS and judged.state in SHOWS_OURS
        return replace(judged, state=known.state, why=known.why) if is_behind else judged

    def _judged_ours(self, record: AssetRecord, known: UploadRecord, seen: Seen) -> UploadRecord:
        """Still ours, another encoding of it, the server's refresh, or somebody else's."""
        now = replace(known, shown=seen.shown)
        if not seen.shown.art_id:
            return stamped_record(now, UploadState.WAITING, "the server shows no picture any more")
        if seen.owner is Owner.OURS and seen.shown.sha256 in (known.sent_sha256, known.shown.sha256):
            return stamped_record(now, state_by_bytes(known, seen.shown), "still ours: the same bytes")
        if is_same_as_before(known, seen.shown) or is_agents(seen, known):
            by_server = replace(now, shown=replace(seen.shown, owner=Owner.SERVER))
            return stamped_record(by_server, UploadState.WAITING, REFRESHED)
        if self._is_likeness(record, seen):
            ours = replace(now, shown=replace(seen.shown, owner=Owner.OURS))
            return stamped_record(ours, UploadState.RE_ENCODED, "still ours: the server has encoded it anew")
        if seen.owner is Owner.OURS:
            return stamped_record(now, UploadState.WAITING, "the server shows an earlier picture of ours")
        why = (
            seen.why
            if seen.owner is not Owner.SERVER
            else "another picture than ours and than the server's own"
        )
        other = replace(now, shown=replace(seen.shown, owner=other_owner(seen)))
        return stamped_record(other, UploadState.OVERWRITTEN, why)

    def _is_likeness(self, record: AssetRecord, seen: Seen) -> bool:
        try:
            ours = (self.assets / record.path).read_bytes()
        except OSError:
            return False
        return seen.owner is not Owner.TOOL and looks_like(seen.content, ours)


def has_changed(known: UploadRecord, listed: ListedPlace) -> bool:
    return listed.validator is not None and listed.validator != known.shown.validator


def is_agents(seen: Seen, known: UploadRecord) -> bool:
    """Whether the server says that the picture is of its own agents; only Plex reports that."""
    return seen.owner is Owner.SERVER and known.place.server is SourceName.PLEX


def other_owner(seen: Seen) -> Owner:
    """Jellyfin and Emby do not say who changed a picture: it may have been a person."""
    return Owner.HAND if seen.owner is Owner.SERVER else seen.owner


def judged_other(known: UploadRecord, seen: Seen) -> UploadRecord:
    """What was somebody else's: still theirs, or free for ours."""
    now = replace(known, shown=seen.shown)
    if seen.owner in REPLACEABLE:
        return stamped_record(now, UploadState.WAITING, f"may be uploaded over now: {seen.why}")
    return stamped_record(now, state_of_other(known), seen.why)
