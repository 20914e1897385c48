"""Posters as the engine draws them, and what becomes of one on its way through media servers and people."""

import io
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.draw import draw
from app.poster.drawing.scenery import MOODS, scenery
from app.poster.kinds import Kind
from app.poster.settings import DEFAULTS, Settings

PLACES = ("sea", "forest", "mountains", "hills", "skyline", "dunes")
TITLES = "Alien Heat Dune Metropolis Stalker Brazil Akira Up Her Jaws Rope Vertigo Psycho Laura M Ran Ikiru"
FILMS = [*TITLES.split(), "The Long Goodbye", "Rebecca", "Gilda"]
SIZE = (2000, 3000)
PLEX = (600, 900)


@lru_cache(maxsize=1)
def drawn_shelf(seasons: int = 6) -> dict[str, bytes]:
    """Twenty films of one design, and a show whose seasons have one background; path: JPEG."""
    book = StyleBook(Settings({}, json.loads(DEFAULTS.read_text("utf-8"))), Path())
    moods = list(MOODS)
    films = {
        f"Films/{title} (1980)/poster.jpg": drawn(
            book, Kind.POSTER, scenery(title, SIZE, PLACES[number % 6], moods[number % len(moods)]), title
        )
        for number, title in enumerate(FILMS)
    }
    show = scenery("show", SIZE, "sea", "dusk")
    texts = [(f"Season {number}", "Dark") for number in range(1, seasons + 1)]
    return films | {
        f"Shows/Dark (2017)/Season{number:02}.jpg": drawn(book, Kind.SEASON, show, *each)
        for number, each in enumerate(texts, start=1)
    }


def drawn(book: StyleBook, kind: Kind, picture: Image.Image, *texts: str) -> bytes:
    return draw(picture, book.style(kind).design(*texts)).jpeg


def foreign_picture() -> bytes:
    """A landscape of the same make that was never laid on the shelf."""
    return saved(scenery("elsewhere", (1000, 1500), "hills", "day"))


def changed_pictures(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(what was done, the picture then) of everything by which a picture has to be recognised."""
    with Image.open(io.BytesIO(content)) as picture:
        yield "renamed", content
        yield "quality 60", saved(picture, quality=60)
        yield "1000 wide", saved(picture.resize((1000, 1500), Image.Resampling.LANCZOS), quality=85)
        yield "Plex transcode", saved(picture.resize(PLEX, Image.Resampling.BILINEAR), quality=75)
        yield "WebP", saved(picture, "WEBP", quality=75, method=0)
        yield "PNG", saved(picture.resize((1000, 1500)), "PNG", compress_level=1)
        yield "without metadata", saved(picture.copy(), quality=90)


def cropped(content: bytes, share: float) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        box = width * share, height * share, width * (1 - share), height * (1 - share)
        return saved(picture.crop(tuple(map(round, box))), quality=85)


def saved(picture: Image.Image, encoding: str = "JPEG", **options) -> bytes:
    content = io.BytesIO()
    picture.save(content, encoding, **options)
    return content.getvalue()
