"""Draws each packaged design over hard titles and pictures: `python -m docs.design_sheets [ID...]`."""

import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.poster.designs.reading import PACKAGED, read_design
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.draw import draw
from app.poster.kinds import Kind
from app.poster.settings import DEFAULTS, Settings
from docs.design_logos import sample_logo
from docs.design_pictures import sheet_picture

FOLDER = Path(__file__).parent / "designs"
GAP, GROUND, QUALITY = 14, (24, 25, 28), 74
TALL, WIDE = (232, 348), (294, 165)
COLUMNS = 5
# (title, its language): long, short, right-to-left, Chinese, Japanese, Korean, Indic, accents, one long word.
TITLES = (
    ("Alien", "en"),
    ("The Lord of the Rings: The Fellowship of the Ring", "en"),
    ("Amélie", "fr"),
    ("七人の侍", "ja"),
    ("1917", "en"),
    ("לבנון", "he"),
    ("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "en"),
    ("बाहुबली: द बिगिनिंग", "hi"),
    ("It", "en"),
    ("Иди и смотри", "ru"),
    ("وجدة", "ar"),
    ("Spider-Man: Across the Spider-Verse", "en"),
    ("花樣年華", "zh-TW"),
    ("Łódź, świt", "pl"),
    ("기생충", "ko"),
    ("Mad Max: Fury Road", "en"),
    ("விசாரணை", "ta"),
    ("Ποτέ την Κυριακή", "el"),
    ("Supercalifragilisticexpialidocious", "en"),
    ("Cô gái trên sông", "vi"),
)
SEASONS = (
    ("Season 1", "Dark"),
    ("Season 12", "Tales of the Quay"),
    ("Specials", "The Marvelous Mrs. Maisel"),
)
COLLECTIONS = (("Alien", "Collection"), ("Studio Ghibli’s Early Films", "Collection"))
BACKGROUNDS = (
    ("Blade Runner 2049", ""),
    ("The Grand Budapest Hotel", ""),
    ("千と千尋の神隠し", ""),
    ("Léon", ""),
)
CARDS = (
    ("Pilot", "Season 1 • Episode 1"),
    ("The One Where Everybody Finds Out", "Season 5 • Episode 14"),
    ("Ozymandias", "Season 5 • Episode 14"),
    ("Die Mühlen der Gerechtigkeit, Teil zwei", "Staffel 2 • Folge 11"),
)


def main(names: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    settings = Settings({}, json.loads(DEFAULTS.read_text("utf-8")))
    for name in names or sorted(folder.parent.name for folder in PACKAGED.glob("*/design.json")):
        target = FOLDER / f"{name}.webp"
        sheet = draw_sheet(read_design(PACKAGED / name).book(settings, PACKAGED / name))
        sheet.save(target, "WEBP", quality=QUALITY, method=6)
        print(name, sheet.size, target.stat().st_size)


def draw_sheet(book: StyleBook) -> Image.Image:
    """Twenty posters, a row of seasons and collections, and two of wide pictures."""
    posters = [
        shown(book, Kind.POSTER, number, (title, ""), tag) for number, (title, tag) in enumerate(TITLES)
    ]
    others = [
        *(shown(book, Kind.SEASON, number + 1, pair) for number, pair in enumerate(SEASONS)),
        *(shown(book, Kind.COLLECTION, number + 5, pair) for number, pair in enumerate(COLLECTIONS)),
    ]
    wide = [
        *(shown(book, Kind.BACKGROUND, number + 2, pair) for number, pair in enumerate(BACKGROUNDS)),
        *(shown(book, Kind.TITLE_CARD, number + 5, pair) for number, pair in enumerate(CARDS)),
    ]
    return put_together([*rows_of(posters, COLUMNS), others, *rows_of(wide, 4)])


def shown(
    book: StyleBook, kind: Kind, number: int, texts: tuple[str, str], language: str = "en"
) -> Image.Image:
    """The design of the kind over one of the pictures, in the size of the sheet."""
    style = book.style(kind)
    logo = sample_logo(number, texts[0]) if style.takes_logo else None
    design = style.design(*texts, language=language, logo=logo)
    drawing = draw(picture_of(number, design.size), design)
    if drawing.truncated or drawing.loss or drawing.missing:
        raise ValueError(f"{texts} loses text: {drawing.texts}")
    picture = Image.open(BytesIO(drawing.jpeg))
    return picture.resize(TALL if picture.width < picture.height else WIDE, Image.Resampling.LANCZOS)


@lru_cache(maxsize=24)
def picture_of(number: int, size: tuple[int, int]) -> Image.Image:
    """Shared by all designs, and not to be changed."""
    return sheet_picture(number % 10, size)


def rows_of(pictures: list[Image.Image], count: int) -> Iterator[list[Image.Image]]:
    yield from (pictures[start : start + count] for start in range(0, len(pictures), count))


def put_together(rows: Iterable[list[Image.Image]]) -> Image.Image:
    """The rows below each other."""
    lines = list(rows)
    width = max(sum(picture.width + GAP for picture in line) for line in lines) + GAP
    sheet = Image.new("RGB", (width, sum(line[0].height + GAP for line in lines) + GAP), GROUND)
    y = GAP
    for line in lines:
        x = GAP
        for picture in line:
            sheet.paste(picture, (x, y))
            x += picture.width + GAP
        y += line[0].height + GAP
    return sheet


if __name__ == "__main__":
    main(sys.argv[1:])
