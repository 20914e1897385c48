"""Draws the contact sheets of docs/ with the packaged settings: `python docs/contact_sheets.py`."""

import json
import tempfile
from io import BytesIO
from itertools import count
from pathlib import Path

from PIL import Image

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.drawing.design import Design
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.draw import draw
from app.poster.drawing.overlays import ensure_default_overlays
from app.poster.drawing.scenery import MOODS, PLACES, scenery
from app.poster.kinds import Kind
from app.poster.records.candidate import Typography
from app.poster.settings import DEFAULTS, Settings

FOLDER = Path(__file__).parent / "contact-sheets"
TALL, WIDE = (320, 480), (480, 270)
FILMS = ("Metropolis", "The General", "Nosferatu", "A Trip to the Moon", "Safety Last!", "Charade")
LONG = ("The Cabinet of Dr. Caligari", "Night of the Living Dead")
SHOW = "Tales of the Quay"
SEASONS = ("Season 1", "Season 2", "Season 3", "Season 12", "Specials", "Staffel 4")
EPISODES = (
    "The Lantern",
    "All Her Old Keys",
    "A Train at Midnight",
    "Snow on the Harbour Wall",
    "Low Tide",
    "Home",
)
COLLECTIONS = (
    "Silent Classics",
    "German Expressionism",
    "Comedies",
    "Science Fiction",
    "Noir",
    "Sea and Sail",
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as overlays:
        ensure_default_overlays(Path(overlays))
        book = StyleBook(Settings({}, json.loads(DEFAULTS.read_text("utf-8"))), Path(overlays))
        for name, pictures in sheets(book).items():
            save_sheet(FOLDER / f"{name}.jpg", pictures)
            print(name, (FOLDER / f"{name}.jpg").stat().st_size)


def sheets(book: StyleBook) -> dict[str, list[Image.Image]]:
    """The pictures of each sheet by its name."""
    labels = [f"Season 1 \u2022 Episode {number}" for number in range(1, 7)]
    texts = {
        "posters": (Kind.POSTER, [(title, "") for title in (*FILMS, *LONG)]),
        "seasons": (Kind.SEASON, [(name, SHOW) for name in SEASONS]),
        "collections": (Kind.COLLECTION, [(name, "Collection") for name in COLLECTIONS]),
        "backgrounds": (Kind.BACKGROUND, [(title, "") for title in FILMS]),
        "title-cards": (Kind.TITLE_CARD, list(zip(EPISODES, labels, strict=True))),
    }
    turns = count()
    drawn = {
        name: [shown(book.style(kind).design(*pair), next(turns)) for pair in pairs]
        for name, (kind, pairs) in texts.items()
    }
    return drawn | {"typographic": typographic_posters(book.style(Kind.POSTER).plain)}


def shown(design: Design, number: int) -> Image.Image:
    """The design over scenery; places and moods take turns."""
    place, mood = list(PLACES)[number % len(PLACES)], list(MOODS)[number * 3 % len(MOODS)]
    return opened(draw(scenery(number, design.size, place, mood), design).jpeg)


def typographic_posters(design: Design) -> list[Image.Image]:
    films = [Typography(title, "1927") for title in (*FILMS, *LONG)]
    return [words(design, one) for one in (*films, *(Typography(SHOW, f"Season {n}", SHOW, n) for n in "12"))]


def words(design: Design, typography: Typography) -> Image.Image:
    return opened(draw_order(DrawOrder(typography, design)).jpeg)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    return picture.resize(TALL if picture.width < picture.height else WIDE, Image.Resampling.LANCZOS)


def save_sheet(path: Path, pictures: list[Image.Image]) -> None:
    width, height = pictures[0].size
    columns = 5 if len(pictures) == 10 else 4 if len(pictures) == 8 else 3
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (width + 12) + 12, rows * (height + 12) + 12), "white")
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        sheet.paste(picture, (12 + column * (width + 12), 12 + row * (height + 12)))
    sheet.save(path, "JPEG", quality=82)


if __name__ == "__main__":
    main()
