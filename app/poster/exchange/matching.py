"""The same film or show on another server: by ids, then by title and year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.poster.kinds import Kind
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import Item, SourceArt, SourceName
from app.poster.records.server_art import Place
from app.poster.records.wanted import WantedAsset
from app.poster.sources.comparison import comparable_name, plain_title
from app.poster.uploading.places import slot_of


@dataclass(frozen=True, slots=True)
class PictureKey:
    """Which picture of an item: `season` and `episode` are numbers, None where the kind has none."""

    kind: Kind
    season: int | None = None
    episode: int | None = None


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture that a server shows, with its validator in the listing."""

    place: Place
    validator: str


@dataclass(frozen=True, slots=True)
class ShelvedItem:
    """What is kept of an item to find it again, and the pictures that its server shows."""

    library: str
    medium: Medium
    ids: tuple[ProviderId, ...]
    titles: frozenset[str]
    year: int | None
    pictures: Mapping[PictureKey, ShownPicture]

    def contradicts(self, ids: Iterable[ProviderId]) -> bool:
        """Whether an authority has given other ids than these."""
        own, others = by_authority(self.ids), by_authority(ids)
        return any(not own[authority] & others[authority] for authority in own.keys() & others.keys())


def by_authority(ids: Iterable[ProviderId]) -> dict[Authority, set[str]]:
    found: dict[Authority, set[str]] = {}
    for one in ids:
        found.setdefault(one.authority, set()).add(one.value)
    return found


@dataclass
class Shelf:
    """The items of one server, found by those of another."""

    _by_id: dict[ProviderId, list[ShelvedItem]] = field(default_factory=dict)
    _by_title: dict[tuple[Medium, str, int | None], list[ShelvedItem]] = field(default_factory=dict)

    def add(self, item: Item) -> None:
        shelved = shelved_item(item)
        for one in item.ids:
            self._by_id.setdefault(one, []).append(shelved)
        for title in shelved.titles:
            self._by_title.setdefault((item.medium, title, item.year), []).append(shelved)

    def match(self, item: Item) -> ShelvedItem | None:
        """The item that is the same; None where there is none, or where a title fits several."""
        for one in item.ids:
            if found := self._by_id.get(one):
                return in_library(found, item.library.name)[0]
        fitting = {
            id(one): one
            for title in compared_titles(item)
            for one in self._by_title.get((item.medium, title, item.year), [])
            if not one.contradicts(item.ids)
        }
        found = in_library(list(fitting.values()), item.library.name)
        return found[0] if len(found) == 1 else None


def in_library(found: Sequence[ShelvedItem], name: str) -> Sequence[ShelvedItem]:
    """Those in a library of that name where there are any, else all."""
    same = [one for one in found if one.library == comparable_name(name)]
    return same or found


def shelved_item(item: Item) -> ShelvedItem:
    return ShelvedItem(
        comparable_name(item.library.name),
        item.medium,
        item.ids,
        compared_titles(item),
        item.year,
        pictures_of(item),
    )


def compared_titles(item: Item) -> frozenset[str]:
    return frozenset(filter(None, map(plain_title, (item.title, item.original_title))))


def pictures_of(item: Item) -> dict[PictureKey, ShownPicture]:
    """What the server shows of the item, its seasons and its episodes."""
    server = item.library.source
    found: dict[PictureKey, ShownPicture] = {}
    for kind in (Kind.POSTER, Kind.BACKGROUND):
        add_shown(found, PictureKey(kind), server, item.key, item.art)
    for season in item.seasons:
        add_shown(found, PictureKey(Kind.SEASON, season.number), server, season.key, season.art)
        for episode in season.episodes:
            for number in episode.numbers:
                key = PictureKey(Kind.TITLE_CARD, season.number, number)
                add_shown(found, key, server, episode.key, episode.art)
    return found


def add_shown(
    found: dict[PictureKey, ShownPicture],
    key: PictureKey,
    server: SourceName,
    item_key: str,
    art: Sequence[SourceArt],
) -> None:
    """Add the first picture of the kind, which is the one that is shown."""
    first = next((one for one in art if one.kind is key.kind), None)
    if first and item_key:
        place = Place(server, item_key, slot_of(key.kind))
        found.setdefault(key, ShownPicture(place, first.validator))


def picture_key(wanted: WantedAsset) -> PictureKey:
    season = wanted.season.number if wanted.season else None
    return PictureKey(wanted.kind, season, wanted.episode.numbers[0] if wanted.episode else None)
