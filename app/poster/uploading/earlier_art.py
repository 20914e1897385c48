"""The server's pictures as they were before ours took their places: what decisions are made from.

A poster that is drawn from the server's own art would otherwise be drawn from itself once it is uploaded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.poster.kinds import Kind
from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.library import SourceArt, SourceName
from app.poster.records.server_art import Slot, UploadState
from app.poster.records.wanted import WantedAsset
from app.poster.uploading.places import slot_of
from app.poster.uploading.state import shows_before, shows_ours


@dataclass(frozen=True, slots=True)
class EarlierArt:
    """Where the bytes of an earlier picture are: still on the server at `where`, or in the store."""

    where: str = ""
    sha256: str = ""


# By address and validator of the picture as it was listed then.
Origins = Mapping[tuple[str, str], EarlierArt]


@dataclass
class ArtBefore:
    """Puts the earlier pictures into the listing of one item; `origins` says where their bytes are."""

    uploads: Mapping[tuple[str, Slot], UploadRecord]
    origins: dict[tuple[str, str], EarlierArt] = field(default_factory=dict)

    def wanted(self, wanted: WantedAsset) -> WantedAsset:
        """The asset with the art of its item, season and episode as it was before ours."""
        item, season, episode = wanted.item, wanted.season, wanted.episode
        return replace(
            wanted,
            item=replace(item, art=self._art(item.key, item.art)),
            season=season and replace(season, art=self._art(season.key, season.art)),
            episode=episode and replace(episode, art=self._art(episode.key, episode.art)),
        )

    def _art(self, key: str, listed: Sequence[SourceArt]) -> tuple[SourceArt, ...]:
        kinds = dict.fromkeys(art.kind for art in listed)
        return tuple(art for kind in kinds for art in self._of_kind(key, kind, listed))

    def _of_kind(self, key: str, kind: Kind, listed: Sequence[SourceArt]) -> list[SourceArt]:
        own = [art for art in listed if art.kind is kind]
        upload = self.uploads.get((key, slot_of(kind)))
        ours = next((art for art in own if upload and art.validator == upload.shown.validator), None)
        if ours is None:
            return own
        if not shows_ours(upload):
            # Put back, the picture has another validator than before our upload.
            return [self._restored(art, upload) if art is ours else art for art in own]
        rest = [art for art in own if art is not ours]
        if rest or has_pile(upload):
            return [self._moved(art, own[number]) for number, art in enumerate(rest)]
        return [self._restored(ours, upload)] if upload.before.art_id else []

    def _moved(self, art: SourceArt, place: SourceArt) -> SourceArt:
        """A picture of a pile at the place that it had before ours was put first."""
        before = replace(art, where=place.where, index=place.index)
        self.origins[before.where, before.validator] = EarlierArt(where=art.where)
        return before

    def _restored(self, ours: SourceArt, upload: UploadRecord) -> SourceArt:
        """The earlier picture, as it was listed then; some servers name the validator in the address."""
        validator = upload.before.validator
        where = ours.where
        if ours.validator and where.endswith(f"/{ours.validator}"):
            where = where.removesuffix(ours.validator) + validator
        self.origins[where, validator] = EarlierArt(sha256=upload.before.sha256)
        return replace(ours, where=where, validator=validator)


def has_pile(upload: UploadRecord) -> bool:
    """Whether the server has a pile of pictures at the place, and not one or a selected one."""
    return upload.place.slot is Slot.BACKGROUND and upload.place.server is not SourceName.PLEX


def hides_before(upload: UploadRecord) -> bool:
    """Whether others have put a picture in place of ours: the file is not drawn from theirs."""
    return upload.state is UploadState.OVERWRITTEN and bool(upload.before.art_id)


def before_ours(
    wanted: Sequence[WantedAsset], records: Iterable[AssetRecord]
) -> tuple[tuple[WantedAsset, ...], Origins]:
    """The assets of one item as they were listed before we uploaded anything, and where that art is."""
    uploads = {
        (known.place.item_key, known.place.slot): known
        for record in records
        for known in record.uploads
        if shows_ours(known) or shows_before(known) or hides_before(known)
    }
    if not uploads:
        return tuple(wanted), {}
    before = ArtBefore(uploads)
    return tuple(before.wanted(one) for one in wanted), before.origins
