"""What a person looks for."""

from dataclasses import replace
from typing import Literal

from msgspec import Struct

from app.poster.kinds import Kind
from app.poster.providers.title_search import FoundTitle
from app.poster.records.ids import Medium, ProviderId
from app.poster.records.library import Episode, Item, Library, LibraryContent, Season, SourceName
from app.poster.records.wanted import WantedAsset
from app.poster.sources.folder_names import title_of_name
from app.poster.sources.written_ids import distinct, ids_in_name, named_id

KINDS = {
    "poster": Kind.POSTER,
    "background": Kind.BACKGROUND,
    "season": Kind.SEASON,
    "titlecard": Kind.TITLE_CARD,
    "logo": Kind.LOGO,
    "collection": Kind.COLLECTION,
}
MEDIA = {"movie": Medium.FILM, "tv": Medium.SHOW, "collection": Medium.COLLECTION}
CONTENT = {Medium.FILM: LibraryContent.FILMS, Medium.SHOW: LibraryContent.SHOWS}


class OfferQuery(Struct, forbid_unknown_fields=True):
    """One asset; "" and None stand for what is not known.

    `ids` are values by the name of their authority. `folder` is the item's folder, whose name may hold a
    title, a year and ids, and `library` the library whose languages come first. `providers` are those that
    are asked, in lower case, none of them for all. `also_by_title` searches the title beside the ids, for a
    number that may be either. `with_show` asks for the posters of a season's show, too.
    """

    kind: Literal["poster", "background", "season", "titlecard", "logo", "collection"]
    medium: Literal["movie", "tv", "collection"]
    title: str = ""
    year: int | None = None
    ids: dict[str, str] = {}
    folder: str = ""
    library: str = ""
    providers: list[str] = []
    also_by_title: bool = False
    with_show: bool = False
    season: int | None = None
    episode: int | None = None

    @property
    def asset_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def item_medium(self) -> Medium:
        return MEDIA[self.medium]

    @property
    def known_ids(self) -> tuple[ProviderId, ...]:
        """Those that were given, then those of the folder's name."""
        given = (named_id(name, self.item_medium, value) for name, value in self.ids.items())
        return distinct((*given, *ids_in_name(self.folder, self.item_medium)))

    @property
    def searched(self) -> tuple[str, int | None]:
        """(title, year) to look for, where those of the folder's name stand in for what was not given."""
        named = title_of_name(self.folder)
        written = title_of_name(self.title)
        return written.title or named.title, self.year or written.year or named.year

    def by_ids(self) -> list[WantedAsset]:
        title, year = self.searched
        return self._wanted_of(title, year, self.known_ids)

    def by_title(self, found: FoundTitle) -> list[WantedAsset]:
        return self._wanted_of(found.title, found.year, (found.id,))

    def _wanted_of(self, title: str, year: int | None, ids: tuple[ProviderId, ...]) -> list[WantedAsset]:
        """The asset and, where that is asked for, the poster of its show."""
        asset = self._wanted(title, year, ids)
        is_of_show = self.with_show and self.asset_kind is Kind.SEASON
        return [asset, replace(asset, kind=Kind.POSTER, season=None)] if is_of_show else [asset]

    def _wanted(self, title: str, year: int | None, ids: tuple[ProviderId, ...]) -> WantedAsset:
        medium = self.item_medium
        content = CONTENT.get(medium, LibraryContent.COLLECTIONS)
        library = Library(SourceName.FOLDER, self.library, self.library, content)
        item = Item(library, "", medium, title, year=year, ids=ids)
        season = None if self.season is None else Season("", self.season, "")
        has_card = self.season is not None and self.episode is not None
        episode = Episode("", self.season, (self.episode,)) if has_card else None
        return WantedAsset(self.asset_kind, item, "", season, episode)
