"""Films, shows, seasons and episodes in the XML elements of Plex."""

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from app.poster.kinds import Kind
from app.poster.records.ids import Medium, ProviderId
from app.poster.records.library import Episode, EpisodeOrder, Item, Library, Season, SourceArt
from app.poster.sources.own_folder import OwnFolder, below_root, ids_in_path, item_folder
from app.poster.sources.plex_xml import number_of
from app.poster.sources.resolution import resolution_in_text, resolution_of_size
from app.poster.sources.written_ids import distinct, id_of_guid

MEDIA = {"movie": Medium.FILM, "show": Medium.SHOW}
ORDERS = {
    "": EpisodeOrder.UNKNOWN,
    "tmdbAiring": EpisodeOrder.AIRED_TMDB,
    "tvdbAiring": EpisodeOrder.AIRED_TVDB,
    "aired": EpisodeOrder.AIRED_TVDB,
    "tvdbDvd": EpisodeOrder.DVD,
    "dvd": EpisodeOrder.DVD,
    "tvdbAbsolute": EpisodeOrder.ABSOLUTE,
    "absolute": EpisodeOrder.ABSOLUTE,
}
VIDEO_STREAM = "1"
OPTIMIZED = "Plex Versions"


def plex_item(entry: Element, library: Library) -> Item | None:
    """The film or show of an element without its seasons; None for other elements."""
    medium = MEDIA.get(entry.get("type", ""))
    key = entry.get("ratingKey", "")
    if not medium or not key:
        return None
    paths = element_paths(entry)
    path = next((path for path in paths if below_root(path, library.roots) is not None), "") or first_path(
        paths
    )
    own = item_folder(path, library.roots, medium) if path else OwnFolder()
    return Item(
        library=library,
        key=key,
        medium=medium,
        title=entry.get("title", "").strip(),
        original_title=entry.get("originalTitle", "").strip(),
        year=number_of(entry, "year") or None,
        ids=distinct((*guids_of(entry, medium), *ids_in_path(path, own, medium))),
        path=path,
        root_folder=own.root_folder,
        extra_folder=own.extra_folder,
        labels=tuple(filter(None, (label.get("tag", "") for label in entry.findall("Label")))),
        resolution=stream_resolution(entry) if medium is Medium.FILM else "",
        several_versions=len(set(paths)) > 1,
        order=ORDERS.get(entry.get("showOrdering", ""), EpisodeOrder.OTHER),
        watched=was_watched(entry),
        art=(*element_art(entry, "thumb", Kind.POSTER), *element_art(entry, "art", Kind.BACKGROUND)),
    )


def guids_of(entry: Element, medium: Medium) -> tuple[ProviderId, ...]:
    guids = [guid.get("id", "") for guid in entry.findall("Guid")]
    return distinct(id_of_guid(guid, medium) for guid in (*guids, entry.get("guid", "")))


def element_paths(entry: Element) -> list[str]:
    """The folders of a show; the files of a film, those first that Plex did not convert itself."""
    folders = [place.get("path", "") for place in entry.findall("Location")]
    files = [part.get("file", "") for part in entry.findall("Media/Part")]
    found = dict.fromkeys(filter(None, folders or files))
    return sorted(found, key=lambda path: OPTIMIZED in path)


def first_path(paths: list[str]) -> str:
    return paths[0] if paths else ""


def stream_resolution(entry: Element) -> str:
    """What the last video stream is called, else the medium's size."""
    titles = [
        stream.get("displayTitle", "")
        for stream in entry.iter("Stream")
        if stream.get("streamType") == VIDEO_STREAM
    ]
    media = entry.find("Media")
    stated = resolution_in_text(titles[-1]) if titles else ""
    if stated or media is None:
        return stated
    by_size = resolution_of_size(number_of(media, "width"), number_of(media, "height"))
    return by_size or resolution_in_text(media.get("videoResolution", ""))


def was_watched(entry: Element) -> bool:
    """Whether a film or an episode was seen, or all of a show."""
    leaves, seen = number_of(entry, "leafCount"), number_of(entry, "viewedLeafCount")
    return bool(leaves and seen == leaves) if leaves is not None else bool(number_of(entry, "viewCount"))


def element_art(entry: Element, name: str, kind: Kind) -> tuple[SourceArt, ...]:
    """The picture of an element, whose address ends with the time of its last change."""
    where = entry.get(name, "")
    return (SourceArt(kind, where, where.rsplit("/", 1)[-1]),) if where else ()


def is_file_gone(entry: Element) -> bool:
    """Whether Plex keeps the row of a file that is no longer there."""
    return bool(entry.get("deletedAt"))


def plex_season(entry: Element) -> Season | None:
    """The season of an element, None without a number or without episodes."""
    number, key = number_of(entry, "index"), entry.get("ratingKey", "")
    if number is None or not key or number_of(entry, "leafCount") == 0:
        return None
    ids = guids_of(entry, Medium.SEASON)
    name = entry.get("title", "").strip()
    return Season(key, number, name, ids, art=element_art(entry, "thumb", Kind.SEASON))


def plex_episodes(entries: Iterable[Element], season: int) -> tuple[list[Episode], int]:
    """The episodes of a season, rows of one file as one; and the number of rows without a number."""
    by_file: dict[str, Episode] = {}
    unnumbered = 0
    for entry in entries:
        if entry.get("type") != "episode" or is_file_gone(entry):
            continue
        number = number_of(entry, "index")
        if number is None:
            unnumbered += 1
            continue
        row = plex_episode(entry, season, number)
        place = row.path or row.key
        by_file[place] = merged_rows(by_file[place], row) if place in by_file else row
    return list(by_file.values()), unnumbered


def plex_episode(entry: Element, season: int, number: int) -> Episode:
    title = entry.get("title", "").strip()
    media = entry.find("Media")
    return Episode(
        key=entry.get("ratingKey", ""),
        season=season,
        numbers=(number,),
        titles=(title,) if title else (),
        ids=guids_of(entry, Medium.EPISODE),
        path=first_path(element_paths(entry)),
        resolution=resolution_in_text(media.get("videoResolution", "")) if media is not None else "",
        watched=was_watched(entry),
        art=element_art(entry, "thumb", Kind.TITLE_CARD),
    )


def merged_rows(one: Episode, other: Episode) -> Episode:
    """One row for two of the same file; its key, ids and picture are those of the first number."""
    low, high = sorted((one, other), key=lambda row: row.numbers)
    numbers = tuple(sorted({*low.numbers, *high.numbers}))
    keys = tuple(key for key in (high.key, *low.further_keys, *high.further_keys) if key != low.key)
    return replace(low, numbers=numbers, titles=(*low.titles, *high.titles), further_keys=keys)
