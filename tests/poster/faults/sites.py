"""A source with pictures, the state of everything that a run may change, and runs over it."""

import os
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PIL import Image

from app.poster.journal.store import sha256_of
from app.poster.records.server_art import Slot
from tests.doubles.media_jellyfin import TOKEN as KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import FILM, SHOW, MediaEpisode, MediaItem, MediaLibrary, MediaWorld
from tests.forked import Forge, Run
from tests.poster.program import make_environment, write_config

KEYS = {"Plex": ("PlexToken", TOKEN), "Jellyfin": ("JellyfinAPIKey", KEY), "Emby": ("EmbyAPIKey", KEY)}
KINDS = ("Posters", "BackgroundPosters", "TitleCards", "SeasonPosters")
EVERYTHING = dict.fromkeys(("PlexUpload", *KINDS), "true")


def film(number: int) -> MediaItem:
    path = f"/movies/Film {number} (2000)/Film {number} (2000).mkv"
    names = {"poster": f"film-{number}-poster.jpg", "background": f"film-{number}-background.jpg"}
    return MediaItem(FILM, f"Film {number}", 2000, path, {"tmdb": str(1000 + number)}, **names)


def show(episodes: int) -> MediaItem:
    rows = [
        MediaEpisode(
            1, number, f"Part {number}", still=f"still-{number}.jpg", ids={"tvdb": str(7000 + number)}
        )
        for number in range(1, episodes + 1)
    ]
    for row in rows:
        row.file = f"/tv/Dark (2017)/Season 1/Dark (2017) - S01E{row.number:02} - {row.title}.mkv"
    art = {"poster": "dark-poster.jpg", "background": "dark-background.jpg", "seasons": {1: "season-1.jpg"}}
    return MediaItem(SHOW, "Dark", 2017, "/tv/Dark (2017)", {"tvdb": "334824"}, episodes=rows, **art)


def world_of(films: int, episodes: int) -> MediaWorld:
    """A world with 2 * films + 3 + episodes pictures; without episodes it has no show."""
    libraries = [MediaLibrary("Movies", FILM, ("/movies",), [film(number) for number in range(films)])]
    if episodes:
        libraries.append(MediaLibrary("TV Shows", SHOW, ("/tv",), [show(episodes)]))
    return MediaWorld(libraries)


@dataclass(frozen=True)
class Showing:
    """The SHA-256 of what is shown at a place, of all that Jellyfin and Emby have there, and the labels."""

    picture: str
    pile: tuple[str, ...]
    labels: tuple[str, ...]


class Site:
    """One source, its data folder, and runs of the script over it; `settings` are further ones."""

    def __init__(
        self,
        name: str,
        root: Path,
        world: MediaWorld,
        forge: Forge,
        disk: Path | None = None,
        **settings: str,
    ):
        self.name, self.world, self.media = name, world, root / "media"
        self.data = (disk or root) / "data"
        self.assets = self.data / "assets"
        self.forge = forge
        self.double = None
        if name == "Plex":
            self.double = MediaPlex(world)
        elif name != "Folder":
            self.double = MediaJellyfin(world, "/emby" if name == "Emby" else "")
        else:
            world.lay_out(self.media)
        self._runs = 0
        self.configure(**settings)

    def configure(self, **settings: str) -> None:
        parts = {f"{name}Part": {f"Use{name}": "false"} for name in KEYS}
        if self.double:
            key, value = KEYS[self.name]
            used = {f"Use{self.name}": "true", f"{self.name}Url": self.double.url, "LibstoExclude": []}
            parts |= {f"{self.name}Part": {**used}, "ApiPart": {key: value}}
        common = {**EVERYTHING, **settings}
        write_config(self.data, PrerequisitePart=common, **parts)

    def start(self, *arguments: str, fault: str = "") -> Run:
        """A run with the next number, as the server names it."""
        self._runs += 1
        media = {} if self.double else {"MEDIA_PATH": str(self.media)}
        variables = {"GENERATE_MISSING": "off", "POSTERIZARR_RUN": f"{self._runs}-1", **media}
        environment = make_environment(self.data, **variables)
        self.data.mkdir(parents=True, exist_ok=True)
        return self.forge.start(self.data, *arguments, environment=environment, fault=fault)

    def run(self, *arguments: str, fault: str = "") -> Run:
        started = self.start(*arguments, fault=fault)
        started.wait()
        return started

    @property
    def number(self) -> int:
        """The number of the last run."""
        return self._runs

    def files(self) -> dict[str, str]:
        """The SHA-256 of every file below the asset folder by its path, whatever its name."""
        found = (path for path in self.assets.rglob("*") if path.is_file())
        return {path.relative_to(self.assets).as_posix(): sha256_of(path) for path in found}

    def folders(self) -> set[str]:
        return {path.relative_to(self.assets).as_posix() for path in self.assets.rglob("*") if path.is_dir()}

    def places(self) -> dict[str, tuple[int, Slot]]:
        """Where on the server each picture belongs, by the path of its file."""
        found = {}
        for library in self.world.libraries:
            for item in library.items:
                head = f"{library.name}/{item.title} ({item.year})"
                found[f"{head}/poster.jpg"] = item.key, Slot.POSTER
                found[f"{head}/background.jpg"] = item.key, Slot.BACKGROUND
                for number in item.seasons:
                    found[f"{head}/Season{number:02}.jpg"] = item.season_key(number), Slot.POSTER
                for one in item.episodes:
                    found[f"{head}/S{one.season:02}E{one.number:02}.jpg"] = one.key, Slot.POSTER
        return found

    def shown(self) -> dict[str, Showing]:
        """What the server shows in place of each picture."""
        return {path: self._showing(key, slot) for path, (key, slot) in self.places().items()}

    def _showing(self, key: int, slot: Slot) -> Showing:
        pile = self.double.pile_bytes(key, slot) if self.name != "Plex" else ()
        return Showing(
            sha256(self.double.shown_bytes(key, slot)).hexdigest(),
            tuple(sha256(content).hexdigest() for content in pile),
            self.double.labels_of(key),
        )

    def events(self) -> int:
        """How much has been done: files that lie there, and uploads that arrived."""
        found = (name for _, _, names in os.walk(self.assets) for name in names)
        files = sum(name.endswith(".jpg") for name in found)
        return files + (len(self.double.uploads) if self.double else 0)


def require_whole(assets: Path) -> None:
    """Each picture can be decoded to its end."""
    for path in assets.rglob("*.jpg"):
        with Image.open(path) as picture:
            picture.load()


def entry_states(data: Path) -> Counter[str]:
    """How many entries of the journal have which state."""
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        return Counter(state for (state,) in database.execute("SELECT state FROM entries"))


def runs_with_work(data: Path) -> list[int]:
    """The server's numbers of the runs that have changed anything, in their order."""
    sql = "SELECT DISTINCT run FROM entries WHERE state = 'done' ORDER BY run"
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        return [int(name.split("-")[-2]) for (name,) in database.execute(sql)]


def done_files(data: Path) -> Counter[str]:
    """How often each file was written, as the journal has it."""
    sql = "SELECT path FROM entries WHERE state = 'done' AND place IS NULL"
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        return Counter(path for (path,) in database.execute(sql))
