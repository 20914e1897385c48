"""What the doubles of Plex, Jellyfin and Emby hold; the same world can be laid out as a local folder."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.doubles.coded_pictures import code_of, draw_coded

FILM, SHOW, COLLECTION = "movie", "show", "collection"
# Keys of seasons and episodes are greater than this, so that no item has one of them.
CHILDREN = 1_000_000_000


@dataclass
class MediaEpisode:
    """One row of a server. `end` is the last number of a row with several; a number may be None.

    `still` names its picture, which carries `code_of(still)`; "" for none. `facts` are laid over what the
    server answers: attributes of Plex, members of Jellyfin's and Emby's JSON.
    """

    season: int | None
    number: int | None
    title: str = ""
    end: int | None = None
    ids: dict[str, str] = field(default_factory=dict)
    file: str = ""
    still: str = ""
    width: int | None = 1920
    watched: bool = False
    facts: dict = field(default_factory=dict)
    key: int = 0


@dataclass
class MediaItem:
    """A film, whose `path` is its file, or a show, whose `path` is its folder.

    `ids` lead from tmdb, tvdb and imdb to values. `poster`, `background` and the values of `seasons` name
    pictures; `seasons` also lists seasons without episodes. `order` is Plex's showOrdering, or Jellyfin's
    DisplayOrder. `guid` is the guid of an old agent. `resolution` is Plex's title of the video stream.
    """

    kind: str
    title: str
    year: int | None = None
    path: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    original_title: str = ""
    poster: str = ""
    background: str = ""
    episodes: list[MediaEpisode] = field(default_factory=list)
    seasons: dict[int, str] = field(default_factory=dict)
    season_names: dict[int, str] = field(default_factory=dict)
    more_paths: tuple[str, ...] = ()
    resolution: str = ""
    size: tuple[int, int] | None = (1920, 1080)
    dynamic_range: str = ""
    order: str = ""
    guid: str = ""
    watched: bool = False
    facts: dict = field(default_factory=dict)
    key: int = 0

    def season_numbers(self) -> list[int | None]:
        numbers = {episode.season for episode in self.episodes}
        return sorted(numbers | set(self.seasons), key=lambda number: -1 if number is None else number)

    def season_key(self, number: int | None) -> int:
        return CHILDREN + self.key * 10_000 + 5_000 + (4_000 if number is None else number)

    def picture_name(self, key: int, kind: str) -> str:
        """The picture of the item, which has two kinds, or of one of its seasons or episodes."""
        names = {self.key: self.poster if kind == "poster" else self.background}
        names |= {self.season_key(number): name for number, name in self.seasons.items()}
        names |= {episode.key: episode.still for episode in self.episodes}
        return names.get(key, "")

    def season_name(self, number: int | None) -> str:
        if number is None:
            return "Season Unknown"
        return self.season_names.get(number) or (f"Season {number}" if number else "Specials")


@dataclass
class MediaLibrary:
    """`kind` is "movie", "show", or what the server says of another kind; None for a mixed library."""

    name: str
    kind: str | None
    roots: tuple[str, ...]
    items: list[MediaItem] = field(default_factory=list)
    language: str = "en-US"
    key: int = 0


@dataclass
class MediaWorld:
    libraries: list[MediaLibrary] = field(default_factory=list)

    def __post_init__(self):
        self._places: dict[int, tuple[MediaLibrary, MediaItem]] = {}
        self.number()

    def number(self) -> None:
        """Give a key to whatever has none; call it after adding."""
        used = {one.key for one in self.libraries} | {item.key for item in self.items()}
        free = (number for number in count(1) if number not in used)
        for library in self.libraries:
            library.key = library.key or next(free)
            for item in library.items:
                item.key = item.key or next(free)
                for place, episode in enumerate(item.episodes, 1):
                    episode.key = episode.key or CHILDREN + item.key * 10_000 + place

    def find(self, key: int) -> tuple[MediaLibrary | None, MediaItem | None]:
        """The item of a key, or of the key of its season or episode, and its library."""
        key = key if key < CHILDREN else (key - CHILDREN) // 10_000
        if key not in self._places:
            self._places = {item.key: (one, item) for one in self.libraries for item in one.items}
        return self._places.get(key, (None, None))

    def items(self) -> list[MediaItem]:
        return [item for library in self.libraries for item in library.items]

    def art_names(self) -> list[str]:
        names = []
        for item in self.items():
            names += [item.poster, item.background, *item.seasons.values()]
            names += [episode.still for episode in item.episodes]
        return [name for name in names if name]

    def lay_out(self, media: Path) -> Path:
        """Make the folders and files of the world below `media`, each library in a folder of its name."""
        for library in self.libraries:
            for item in library.items:
                self._lay_out_item(media, library, item)
        return media

    def _lay_out_item(self, media: Path, library: MediaLibrary, item: MediaItem) -> None:
        root = next((root for root in library.roots if item.path.startswith(f"{root}/")), library.roots[0])
        place = media / library.name / item.path.removeprefix(root).strip("/")
        files = [place] if item.kind == FILM else []
        for episode in item.episodes:
            name = episode.file.rsplit("/", 1)[-1] or f"S{episode.season:02}E{episode.number:02}.mkv"
            files.append(place / item.season_name(episode.season) / name)
            if episode.still:
                write(files[-1].with_name(f"{files[-1].stem}-thumb.jpg"), picture_named(episode.still))
        for file in files:
            write(file, b"video")
        folder = place.parent if item.kind == FILM else place
        for name, art in (("poster.jpg", item.poster), ("fanart.jpg", item.background)):
            if art:
                write(folder / name, picture_named(art))
        for number, art in item.seasons.items():
            if art:
                write(folder / f"season{number:02}-poster.jpg", picture_named(art))


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def picture_named(name: str) -> bytes:
    """The small picture with the code of that name."""
    wide = any(word in name for word in ("background", "still"))
    return draw_coded(code_of(name), (384, 216) if wide else (200, 300))


def alien(**facts) -> MediaItem:
    known = {
        "year": 1979,
        "path": "/movies/Alien (1979)/Alien.mkv",
        "ids": {"imdb": "tt0078748", "tmdb": "348", "tvdb": "31"},
        "poster": "alien-server-poster.jpg",
        "background": "alien-server-background.jpg",
    }
    return MediaItem(FILM, facts.pop("title", "Alien"), **{**known, **facts})


def dark(**facts) -> MediaItem:
    episodes = [
        MediaEpisode(0, 1, "Making of", file="/tv/Dark (2017)/Specials/Dark S00E01.mkv"),
        MediaEpisode(1, 1, "Secrets", ids={"tvdb": "7101"}, still="dark-server-still-1.jpg"),
        MediaEpisode(1, 2, "Lies", ids={"tvdb": "7102"}, width=3840),
        MediaEpisode(2, 1, "Beginnings"),
    ]
    for episode in episodes:
        place = f"{'Specials' if episode.season == 0 else f'Season {episode.season}'}"
        episode.file = f"/tv/Dark (2017)/{place}/Dark S{episode.season:02}E{episode.number:02}.mkv"
    known = {
        "year": 2017,
        "path": "/tv/Dark (2017)",
        "ids": {"imdb": "tt5753856", "tmdb": "70523", "tvdb": "334824"},
        "poster": "dark-server-poster.jpg",
        "background": "dark-server-background.jpg",
        "seasons": {number: f"dark-server-season-{number}.jpg" for number in (0, 1, 2)},
        "episodes": episodes,
    }
    return MediaItem(SHOW, facts.pop("title", "Dark"), **{**known, **facts})


def small_media() -> MediaWorld:
    """A library with one film and a library with one show."""
    return MediaWorld(
        [
            MediaLibrary("Movies", FILM, ("/movies",), [alien()]),
            MediaLibrary("TV Shows", SHOW, ("/tv",), [dark()], language="de-DE"),
        ]
    )


def many_films(number: int) -> MediaWorld:
    """A library of so many films, each with ids."""
    films = [
        MediaItem(
            FILM, f"Film {place}", 1900 + place % 100, f"/movies/Film {place} (x)/f.mkv", {"tmdb": str(place)}
        )
        for place in range(1, number + 1)
    ]
    return MediaWorld([MediaLibrary("Movies", FILM, ("/movies",), films)])
