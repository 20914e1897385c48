"""The demo library of a first start: films and a show in the public domain, with scenery of our own."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from app.poster.drawing.scenery import scenery
from app.poster.folders import Folders
from app.poster.kinds import Kind
from app.poster.planning.ownership import look
from app.poster.publish import write_whole
from app.poster.records.environment import Environment
from app.poster.records.reasons import Owner
from app.poster.sources.source import Source
from app.poster.worklist.wanted import WorkRules, wanted_assets

TALL, WIDE, CARD = (1000, 1500), (1920, 1080), (1280, 720)
QUALITY = 88
ALL_KINDS = frozenset((Kind.POSTER, Kind.BACKGROUND, Kind.SEASON, Kind.TITLE_CARD))


@dataclass(frozen=True)
class DemoTitle:
    """A film or show: its folder's name, and the place and mood of its scenery."""

    name: str
    place: str
    mood: str
    episodes: tuple[str, ...] = ()


FILMS = (
    DemoTitle("A Trip to the Moon (1902)", "mountains", "night"),
    DemoTitle("The Cabinet of Dr. Caligari (1920)", "skyline", "storm"),
    DemoTitle("Nosferatu (1922)", "sea", "dusk"),
    DemoTitle("The Thief of Bagdad (1924)", "dunes", "golden"),
    DemoTitle("The General (1926)", "hills", "day"),
    DemoTitle("Metropolis (1927)", "skyline", "night"),
)
SHOW = DemoTitle(
    "Les Vampires (1915)",
    "skyline",
    "dusk",
    (
        "The Severed Head",
        "The Ring That Kills",
        "The Red Codebook",
        "The Spectre",
        "Dead Man's Escape",
        "Hypnotic Eyes",
        "Satanas",
        "The Thunder Master",
        "The Poisoner",
        "The Terrible Wedding",
    ),
)
PLACES = ("skyline", "forest", "sea", "hills", "mountains")
MOODS = ("dusk", "night", "dawn", "storm", "golden", "aurora", "day")


@dataclass(frozen=True)
class DemoPicture:
    """A picture beside the media: its file, and the scenery that it shows."""

    path: str
    seed: str
    size: tuple[int, int]
    place: str
    mood: str


def demo_folder(folders: Folders) -> Path:
    """Where the demo library lies; the folder itself is made by the server on a first start."""
    return folders.data / "demo"


def is_demo(environment: Environment, folders: Folders) -> bool:
    return environment.media == demo_folder(folders)


def fill_demo(folder: Path) -> None:
    """Make films, show and pictures in the empty folder; a folder that holds anything stays as it is."""
    if not folder.is_dir() or any(folder.iterdir()):
        return
    for picture in pictures():
        write_whole(folder / picture.path, scene(picture))
    for video in videos():
        (folder / video).touch()


def scene(picture: DemoPicture) -> bytes:
    """The JPEG of the scenery; the same picture gives the same bytes."""
    target = BytesIO()
    scenery(picture.seed, picture.size, picture.place, picture.mood).save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def pictures() -> Iterator[DemoPicture]:
    for film in FILMS:
        yield from item_pictures(f"Demo films/{film.name}", film)
    folder = f"Demo shows/{SHOW.name}"
    yield from item_pictures(folder, SHOW)
    yield DemoPicture(f"{folder}/season01-poster.jpg", "season 1", TALL, "forest", "night")
    for number, video in enumerate(episode_files()):
        path = f"{video.removesuffix('.mkv')}-thumb.jpg"
        place, mood = PLACES[number % len(PLACES)], MOODS[number % len(MOODS)]
        yield DemoPicture(path, path, CARD, place, mood)


def item_pictures(folder: str, title: DemoTitle) -> Iterator[DemoPicture]:
    yield DemoPicture(f"{folder}/poster.jpg", title.name, TALL, title.place, title.mood)
    yield DemoPicture(f"{folder}/fanart.jpg", f"{title.name} wide", WIDE, title.place, title.mood)


def videos() -> Iterator[str]:
    for film in FILMS:
        yield f"Demo films/{film.name}/{film.name}.mkv"
    yield from episode_files()


def episode_files() -> Iterator[str]:
    for number, title in enumerate(SHOW.episodes, start=1):
        yield f"Demo shows/{SHOW.name}/Season 01/{SHOW.name} - S01E{number:02} - {title}.mkv"


def end_demo(folders: Folders, demo: Source, rules: WorkRules) -> int:
    """Remove the demo library and what was made of it, since another source is there; the files removed.

    Only files that were made here go; `demo` is the source over the demo's folder.
    """
    removed = 0
    for library in demo.libraries():
        for item in demo.items(library, ALL_KINDS):
            paths = [folders.assets / wanted.path for wanted in wanted_assets(item, rules)]
            removed += sum(map(remove_own, paths))
    shutil.rmtree(demo_folder(folders), ignore_errors=True)
    return removed


def remove_own(path: Path) -> bool:
    """Delete the file if we made it, and folders that are empty then; whether it is gone."""
    owner = look(path, None).owner
    if owner is not Owner.OURS:
        return False
    path.unlink(missing_ok=True)
    for folder in path.parents[:2]:
        with suppress(OSError):
            folder.rmdir()
    return True
