"""Libraries, films, shows, seasons and episodes as the JSON of Jellyfin and Emby tells them."""

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
from app.poster.sources.json_rows import Row, inner, number, rows, text, texts
from app.poster.sources.own_folder import OwnFolder, own_folder
from app.poster.sources.resolution import resolution_of_size
from app.poster.sources.written_ids import distinct, ids_in_name, named_id

MEDIA = {"movie": Medium.FILM, "series": Medium.SHOW}
CONTENTS = {
    "movies": LibraryContent.FILMS,
    "tvshows": LibraryContent.SHOWS,
    "mixed": LibraryContent.MIXED,
    "unknown": LibraryContent.MIXED,
    "": LibraryContent.MIXED,
}
ORDERS = {"dvd": EpisodeOrder.DVD, "absolute": EpisodeOrder.ABSOLUTE}
DISCS = ("dvd", "bluray", "hddvd")
VIRTUAL = "virtual"
RANGES = ("VideoRangeType", "ExtendedVideoType", "ExtendedVideoSubTypeDescription")
# A date in a file's name can end up as the number of its last episode.
MOST_IN_ROW = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """The seasons and episodes of a show, and how many rows had no number."""

    seasons: dict[int, Season]
    episodes: tuple[Episode, ...]
    nameless_seasons: int = 0
    unnumbered: int = 0


def library_of(row: Row, source: SourceName, usual_language: str) -> Library | None:
    """The library of a row, None for one of another kind."""
    content = CONTENTS.get(text(row, "CollectionType").lower())
    key = text(row, "ItemId") or text(row, "Id") or text(row, "Guid")
    if content is None or not key:
        return None
    options = inner(row, "LibraryOptions")
    network = [text(place, name) for place in rows(options, "PathInfos") for name in ("Path", "NetworkPath")]
    roots = tuple(dict.fromkeys(filter(None, (*texts(row, "Locations"), *network))))
    language = language_of(text(options, "PreferredMetadataLanguage"), text(options, "MetadataCountryCode"))
    return Library(source, key, text(row, "Name"), content, language or usual_language, roots)


def language_of(language: str, country: str) -> str:
    """ "fr-CA", "fr" where no country is set, "" without a language."""
    return f"{language}-{country}" if language and country and "-" not in language else language


def item_of(row: Row, library: Library) -> Item | None:
    """The film or show of a row without its seasons; None for rows of another kind or without a file."""
    medium, key = MEDIA.get(text(row, "Type").lower()), text(row, "Id")
    if not medium or not key or is_virtual(row):
        return None
    path = text(row, "Path")
    is_disc = text(row, "VideoType").lower() in DISCS
    own = own_folder(path, library.roots, medium, is_disc) if path else OwnFolder()
    return Item(
        library=library,
        key=key,
        medium=medium,
        title=text(row, "Name"),
        original_title=text(row, "OriginalTitle"),
        year=number(row, "ProductionYear") or None,
        ids=distinct((*ids_of(row, medium), *ids_in_path(path, own, medium))),
        path=path,
        root_folder=own.root_folder,
        extra_folder=own.extra_folder,
        labels=labels_of(row),
        resolution=resolution_of(row) if medium is Medium.FILM else "",
        several_versions=(number(row, "MediaSourceCount") or 0) > 1,
        order=ORDERS.get(text(row, "DisplayOrder").lower(), EpisodeOrder.UNKNOWN),
        watched=watched(row),
        art=(*primary_of(row, Kind.POSTER), *backdrops_of(row)),
    )


def ids_of(row: Row, medium: Medium) -> list[ProviderId | None]:
    told = inner(row, "ProviderIds")
    return [named_id(name, medium, str(value)) for name, value in told.items() if value is not None]


def ids_in_path(path: str, own: OwnFolder, medium: Medium) -> tuple[ProviderId, ...]:
    file = path.replace("\\", "/").rsplit("/", 1)[-1] if medium is Medium.FILM else ""
    return (*ids_in_name(own.root_folder, medium), *ids_in_name(file, medium))


def labels_of(row: Row) -> tuple[str, ...]:
    """Tags, which newer servers of Emby tell in TagItems only."""
    items = [text(item, "Name") for item in rows(row, "TagItems")]
    return tuple(dict.fromkeys(filter(None, (*texts(row, "Tags"), *items))))


def resolution_of(row: Row) -> str:
    video = next((one for one in rows(row, "MediaStreams") if text(one, "Type").lower() == "video"), {})
    width = number(row, "Width") or number(video, "Width")
    height = number(row, "Height") or number(video, "Height")
    told = " ".join(text(video, name) for name in RANGES)
    return resolution_of_size(width, height, told.strip() or text(video, "VideoRange"))


def watched(row: Row) -> bool | None:
    played = inner(row, "UserData").get("Played")
    return played if isinstance(played, bool) else None


def primary_of(row: Row, kind: Kind) -> tuple[SourceArt, ...]:
    tag = text(inner(row, "ImageTags"), "Primary")
    return (SourceArt(kind, f"/Items/{text(row, 'Id')}/Images/Primary", tag),) if tag else ()


def backdrops_of(row: Row) -> tuple[SourceArt, ...]:
    where = f"/Items/{text(row, 'Id')}/Images/Backdrop"
    return tuple(
        SourceArt(Kind.BACKGROUND, f"{where}/{index}", tag, index)
        for index, tag in enumerate(texts(row, "BackdropImageTags"))
    )


def is_virtual(row: Row) -> bool:
    """Whether the row stands for something missing, unaired or only planned."""
    flags = (row.get(name) is True for name in ("IsMissing", "IsUnaired", "IsPlaceHolder"))
    return text(row, "LocationType").lower() == VIRTUAL or any(flags)


def with_files(episodes: Sequence[Row]) -> list[Row]:
    """The rows that stand for a file. Where a server tells any path, a row without one has no file."""
    present = [row for row in episodes if not is_virtual(row)]
    tells_paths = any(text(row, "Path") for row in present)
    return [row for row in present if not tells_paths or text(row, "Path") or rows(row, "MediaSources")]


def listed(season_rows: Iterable[Row], episode_rows: Sequence[Row]) -> Listed:
    """The seasons that have files, and their episodes; what no row says of a season its episodes say."""
    by_key = {text(row, "Id"): row for row in season_rows}
    numbers = {key: number(row, "IndexNumber") for key, row in by_key.items()}
    seasons: dict[int, Season] = {}
    episodes: list[Episode] = []
    nameless: set[str] = set()
    unnumbered = 0
    for row in with_files(episode_rows):
        key = text(row, "SeasonId")
        season = number(row, "ParentIndexNumber")
        season = numbers.get(key) if season is None else season
        if season is None:
            nameless.add(key or text(row, "Id"))
        elif number(row, "IndexNumber") is None:
            unnumbered += 1
        else:
            described = season_row(season, key, by_key, numbers)
            seasons.setdefault(season, season_of(described, season, row))
            episodes.append(episode_of(row, season))
    return Listed(seasons, tuple(episodes), len(nameless), unnumbered)


def season_row(season: int, key: str, by_key: dict[str, Row], numbers: dict[str, int | None]) -> Row:
    """The row of the season's own number; a special may stand in another season's list."""
    if numbers.get(key) == season:
        return by_key[key]
    return next((by_key[other] for other, own in numbers.items() if own == season), {})


def season_of(described: Row, season: int, episode: Row) -> Season:
    usual = f"Season {season}" if season else "Specials"
    return Season(
        key=text(described, "Id") or text(episode, "SeasonId"),
        number=season,
        name=text(described, "Name") or text(episode, "SeasonName") or usual,
        ids=distinct(ids_of(described, Medium.SEASON)),
        art=primary_of(described, Kind.SEASON),
    )


def episode_of(row: Row, season: int) -> Episode:
    title = text(row, "Name")
    return Episode(
        key=text(row, "Id"),
        season=season,
        numbers=numbers_of(row),
        titles=(title,) if title else (),
        ids=distinct(ids_of(row, Medium.EPISODE)),
        path=text(row, "Path"),
        resolution=resolution_of(row),
        watched=watched(row),
        art=primary_of(row, Kind.TITLE_CARD),
    )


def numbers_of(row: Row) -> tuple[int, ...]:
    """All numbers of a row with several episodes."""
    first, last = number(row, "IndexNumber") or 0, number(row, "IndexNumberEnd") or 0
    return tuple(range(first, last + 1)) if first < last <= first + MOST_IN_ROW else (first,)
