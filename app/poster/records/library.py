"""What a media server or a folder holds: libraries, films, shows, seasons, episodes."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.poster.kinds import Kind
from app.poster.records.ids import Medium, ProviderId


class SourceName(Enum):
    """Where the work list comes from; the values are the words of messages and reports."""

    PLEX = "Plex"
    JELLYFIN = "Jellyfin"
    EMBY = "Emby"
    FOLDER = "Folder"


class LibraryContent(Enum):
    """What a library holds, recognised by its content where its source does not say."""

    FILMS = "movie"
    SHOWS = "show"
    MIXED = "mixed"
    COLLECTIONS = "collections"


class EpisodeOrder(Enum):
    """The order that an item's season and episode numbers follow."""

    UNKNOWN = ""
    AIRED_TMDB = "tmdbAiring"
    AIRED_TVDB = "tvdbAiring"
    DVD = "dvd"
    ABSOLUTE = "absolute"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Library:
    """One library of a source.

    `key` is its id there, `roots` are its folders as the source sees them, `language` is "fr", "fr-CA" or "".
    `size` is the number of films and shows in it, None where only a listing would show it.
    """

    source: SourceName
    key: str
    name: str
    content: LibraryContent
    language: str = ""
    roots: tuple[str, ...] = ()
    size: int | None = None


@dataclass(frozen=True, slots=True)
class SourceArt:
    """One picture that the source itself has of an item: on the server, or beside the media.

    `where` is what `Source.read_art` takes: a path on the server or a file's path. `validator` changes when
    the picture does (an image tag, a thumb's time stamp, size and mtime), "" where the source has none.
    `index` counts the pictures of one kind from 0; `width` and `height` are pixels, 0 where unknown.
    """

    kind: Kind
    where: str
    validator: str = ""
    index: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Episode:
    """One row of a season that has a file; `numbers` are several where one file holds several episodes.

    `titles` are as many as the source knows, in the order of the numbers. `watched` is None where the source
    does not say. `ids` name the episode itself. `aired` is set where the source knows the episode by its date
    only: then the season is the year and the number is month and day, which no provider's numbers agree with.
    `further_keys` are those of other rows of the source for the same file.
    """

    key: str
    season: int
    numbers: tuple[int, ...]
    titles: tuple[str, ...] = ()
    ids: tuple[ProviderId, ...] = ()
    path: str = ""
    resolution: str = ""
    watched: bool | None = None
    art: tuple[SourceArt, ...] = ()
    aired: date | None = None
    further_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Season:
    """One season that has files; 0 holds the specials, `name` is as the source writes it."""

    key: str
    number: int
    name: str
    ids: tuple[ProviderId, ...] = ()
    episodes: tuple[Episode, ...] = ()
    art: tuple[SourceArt, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One film, show or collection of a library, with the seasons and episodes that were asked for.

    `root_folder` is the item's own folder name as the media has it ("Alien (1979)"), `extra_folder` the path
    between library root and root folder with "/" ("Anime", "A/B", or ""). Both are "" where no root of the
    library holds the item; then nothing can be made of it. `ids` stand in the order of trust: server, folder,
    file, NFO. `labels` are labels or tags in the source's spelling. `resolution` is free of bracketed
    suffixes: "4K DoVi/HDR10", "4K DoVi", "4K HDR10", "4K", "1080p" and so on, "" where unknown. The name of a
    collection stands for its folder.
    """

    library: Library
    key: str
    medium: Medium
    title: str
    original_title: str = ""
    year: int | None = None
    ids: tuple[ProviderId, ...] = ()
    path: str = ""
    root_folder: str = ""
    extra_folder: str = ""
    labels: tuple[str, ...] = ()
    resolution: str = ""
    several_versions: bool = False
    order: EpisodeOrder = EpisodeOrder.UNKNOWN
    watched: bool | None = None
    art: tuple[SourceArt, ...] = ()
    seasons: tuple[Season, ...] = ()
