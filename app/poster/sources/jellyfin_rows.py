"""Libraries, films, shows, seasons and episodes in the JSON of Jellyfin and Emby."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.records.ids import Medium, ProviderId
from app.poster.records.library import (
    Episode,
    EpisodeOrder,
    Item,
    Library,
    LibraryContent,
    Season,
    SourceArt,
    SourceName,
)
from app.poster.sources.json_rows import Row, row_number, row_object, row_objects, row_text, row_texts
from app.poster.sources.own_folder import OwnFolder, ids_in_path, item_folder
from app.poster.sources.resolution import resolution_of_size
from app.poster.sources.written_ids import distinct, named_id

MEDIA = {"movie": Medium.FILM, "series": Medium.SHOW}
CONTENTS = {
    "movies": LibraryContent.FILMS,
    "tvshows": LibraryContent.SHOWS,
    "mixed": LibraryContent.MIXED,
    "unknown": LibraryContent.MIXED,
    "": LibraryContent.MIXED,
}
ORDERS = {
    "": EpisodeOrder.UNKNOWN,
    "aired": EpisodeOrder.UNKNOWN,
    "originalairdate": EpisodeOrder.UNKNOWN,
    "dvd": EpisodeOrder.DVD,
    "absolute": EpisodeOrder.ABSOLUTE,
}
DISCS = ("dvd", "bluray", "hddvd")
VIRTUAL = "virtual"
LANGUAGE_MEMBERS = ("PreferredMetadataLanguage", "MetadataCountryCode")
RANGES = ("VideoRangeType", "ExtendedVideoType", "ExtendedVideoSubTypeDescription")
# A date in a file's name can end up as the number of its last episode.
MOST_IN_ROW = 30


@dataclass(frozen=True, slots=True)
class ListedShow:
    """The seasons and episodes of a show, and how many rows had no number."""

    seasons: dict[int, Season]
    episodes: tuple[Episode, ...]
    nameless_seasons: int = 0
    unnumbered: int = 0


def jellyfin_library(row: Row, source: SourceName, usual_language: str) -> Library | None:
    """The library of a row, None for one of another kind."""
    content = CONTENTS.get(row_text(row, "CollectionType").lower())
    key = row_text(row, "ItemId") or row_text(row, "Id") or row_text(row, "Guid")
    if content is None or not key:
        return None
    options = row_object(row, "LibraryOptions")
    network = [
        row_text(place, name)
        for place in row_objects(options, "PathInfos")
        for name in ("Path", "NetworkPath")
    ]
    roots = tuple(dict.fromkeys(filter(None, (*row_texts(row, "Locations"), *network))))
    language = library_language(options)
    return Library(source, key, row_text(row, "Name"), content, language or usual_language, roots)


def library_language(options: Row) -> str:
    """ "fr-CA", "fr" where no country is set, "" without a language."""
    language, country = (row_text(options, name) for name in LANGUAGE_MEMBERS)
    return f"{language}-{country}" if language and country and "-" not in language else language


def jellyfin_item(row: Row, library: Library) -> Item | None:
    """The film or show of a row without its seasons; None for rows of another kind or without a file."""
    medium, key = MEDIA.get(row_text(row, "Type").lower()), row_text(row, "Id")
    if not medium or not key or is_virtual(row):
        return None
    path = row_text(row, "Path")
    is_disc = row_text(row, "VideoType").lower() in DISCS
    own = item_folder(path, library.roots, medium, is_disc) if path else OwnFolder()
    return Item(
        library=library,
        key=key,
        medium=medium,
        title=row_text(row, "Name"),
        original_title=row_text(row, "OriginalTitle"),
        year=row_number(row, "ProductionYear") or None,
        ids=distinct((*provider_ids_of(row, medium), *ids_in_path(path, own, medium))),
        path=path,
        root_folder=own.root_folder,
        extra_folder=own.extra_folder,
        labels=labels_of(row),
        resolution=row_resolution(row) if medium is Medium.FILM else "",
        several_versions=(row_number(row, "MediaSourceCount") or 0) > 1,
        order=ORDERS.get(row_text(row, "DisplayOrder").lower(), EpisodeOrder.OTHER),
        watched=was_played(row),
        art=(*primary_of(row, Kind.POSTER), *backdrops_of(row)),
    )


def provider_ids_of(row: Row, medium: Medium) -> list[ProviderId | None]:
    ids = row_object(row, "ProviderIds")
    return [named_id(name, medium, str(value)) for name, value in ids.items() if value is not None]


def labels_of(row: Row) -> tuple[str, ...]:
    """Tags, which newer servers of Emby answer in TagItems only."""
    items = [row_text(item, "Name") for item in row_objects(row, "TagItems")]
    return tuple(dict.fromkeys(filter(None, (*row_texts(row, "Tags"), *items))))


def row_resolution(row: Row) -> str:
    video = next(
        (one for one in row_objects(row, "MediaStreams") if row_text(one, "Type").lower() == "video"), {}
    )
    width = row_number(row, "Width") or row_number(video, "Width")
    height = row_number(row, "Height") or row_number(video, "Height")
    stated = " ".join(row_text(video, name) for name in RANGES)
    return resolution_of_size(width, height, stated.strip() or row_text(video, "VideoRange"))


def was_played(row: Row) -> bool | None:
    played = row_object(row, "UserData").get("Played")
    return played if isinstance(played, bool) else None


def primary_of(row: Row, kind: Kind) -> tuple[SourceArt, ...]:
    tag = row_text(row_object(row, "ImageTags"), "Primary")
    return (SourceArt(kind, f"/Items/{row_text(row, 'Id')}/Images/Primary", tag),) if tag else ()


def backdrops_of(row: Row) -> tuple[SourceArt, ...]:
    where = f"/Items/{row_text(row, 'Id')}/Images/Backdrop"
    return tuple(
        SourceArt(Kind.BACKGROUND, f"{where}/{index}", tag, index)
        for index, tag in enumerate(row_texts(row, "BackdropImageTags"))
    )


def is_virtual(row: Row) -> bool:
    """Whether the row stands for something missing, unaired or only planned."""
    flags = (row.get(name) is True for name in ("IsMissing", "IsUnaired", "IsPlaceHolder"))
    return row_text(row, "LocationType").lower() == VIRTUAL or any(flags)


def with_files(episodes: Sequence[Row]) -> list[Row]:
    """The rows that stand for a file. Where a server names any path, a row without one has no file."""
    present = [row for row in episodes if not is_virtual(row)]
    names_paths = any(row_text(row, "Path") for row in present)
    return [
        row for row in present if not names_paths or row_text(row, "Path") or row_objects(row, "MediaSources")
    ]


def listed_show(season_rows: Iterable[Row], episode_rows: Sequence[Row]) -> ListedShow:
    """The seasons that have files, and their episodes; what no row says of a season its episodes say."""
    by_key = {row_text(row, "Id"): row for row in season_rows}
    numbers = {key: row_number(row, "IndexNumber") for key, row in by_key.items()}
    seasons: dict[int, Season] = {}
    episodes: list[Episode] = []
    nameless: set[str] = set()
    unnumbered = 0
    for row in with_files(episode_rows):
        key = row_text(row, "SeasonId")
        season = row_number(row, "ParentIndexNumber")
        season = numbers.get(key) if season is None else season
        if season is None:
            nameless.add(key or row_text(row, "Id"))
        elif row_number(row, "IndexNumber") is None:
            unnumbered += 1
        else:
            described = season_row(season, key, by_key, numbers)
            seasons.setdefault(season, jellyfin_season(described, season, row))
            episodes.append(jellyfin_episode(row, season))
    return ListedShow(seasons, tuple(episodes), len(nameless), unnumbered)


def season_row(season: int, key: str, by_key: dict[str, Row], numbers: dict[str, int | None]) -> Row:
    """The row of the season's own number; a special may stand in another season's list."""
    if numbers.get(key) == season:
        return by_key[key]
    return next((by_key[other] for other, own in numbers.items() if own == season), {})


def jellyfin_season(described: Row, season: int, episode: Row) -> Season:
    usual = f"Season {season}" if season else "Specials"
    return Season(
        key=row_text(described, "Id") or row_text(episode, "SeasonId"),
        number=season,
        name=row_text(described, "Name") or row_text(episode, "SeasonName") or usual,
        ids=distinct(provider_ids_of(described, Medium.SEASON)),
        art=primary_of(described, Kind.SEASON),
    )


def jellyfin_episode(row: Row, season: int) -> Episode:
    title = row_text(row, "Name")
    return Episode(
        key=row_text(row, "Id"),
        season=season,
        numbers=row_numbers(row),
        titles=(title,) if title else (),
        ids=distinct(provider_ids_of(row, Medium.EPISODE)),
        path=row_text(row, "Path"),
        resolution=row_resolution(row),
        watched=was_played(row),
        art=primary_of(row, Kind.TITLE_CARD),
    )


def row_numbers(row: Row) -> tuple[int, ...]:
    """All numbers of a row with several episodes."""
    first, last = row_number(row, "IndexNumber") or 0, row_number(row, "IndexNumberEnd") or 0
    return tuple(range(first, last + 1)) if first < last <= first + MOST_IN_ROW else (first,)
