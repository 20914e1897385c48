"""Where a picture goes on the media server, and what the listing says of the picture there."""

from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.records.library import SourceArt, SourceName
from app.poster.records.server_art import Place, Slot
from app.poster.records.wanted import WantedAsset
from app.poster.uploading.rules import UploadRules

SLOTS = {Kind.BACKGROUND: Slot.BACKGROUND, Kind.SQUARE: Slot.SQUARE, Kind.LOGO: Slot.LOGO}


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place and the validator of the picture that the listing has there: "" for none, None if unknown."""

    place: Place
    validator: str | None = None


def listed_places(wanted: WantedAsset, rules: UploadRules, server: SourceName) -> tuple[ListedPlace, ...]:
    """The places of the picture, none where nothing is uploaded or the server has no key for it.

    An episode that the server has in several rows of one file has its card in each of them.
    """
    slot = slot_of(wanted.kind)
    if not rules.is_on or (slot is Slot.SQUARE and server is not SourceName.PLEX):
        return ()
    first, *further = server_keys(wanted)
    found = [ListedPlace(Place(server, first, slot), listed_validator(wanted))] if first else []
    found += [ListedPlace(Place(server, key, slot)) for key in further]
    if slot is Slot.BACKGROUND and rules.with_thumb:
        found.append(ListedPlace(Place(server, first, Slot.THUMB)))
    return tuple(found)


def slot_of(kind: Kind) -> Slot:
    """The place of the kind; posters of collections and seasons, and title cards, are posters there."""
    return SLOTS.get(kind, Slot.POSTER)


def server_keys(wanted: WantedAsset) -> tuple[str, ...]:
    """The keys on the server: of the film or show, the season, or the episode with its further rows."""
    if wanted.kind is Kind.SEASON and wanted.season:
        return (wanted.season.key,)
    if wanted.kind is Kind.TITLE_CARD and wanted.episode:
        return (wanted.episode.key, *wanted.episode.further_keys)
    return (wanted.item.key,)


def listed_validator(wanted: WantedAsset) -> str | None:
    if wanted.kind is Kind.SQUARE:
        # No listing names square pictures.
        return None
    listed = (art.validator for art in server_art(wanted) if art.kind is wanted.kind)
    return next(listed, "")


def server_art(wanted: WantedAsset) -> tuple[SourceArt, ...]:
    """The server's pictures of what the asset belongs to."""
    if wanted.kind is Kind.SEASON and wanted.season:
        return wanted.season.art
    if wanted.kind is Kind.TITLE_CARD and wanted.episode:
        return wanted.episode.art
    return wanted.item.art
