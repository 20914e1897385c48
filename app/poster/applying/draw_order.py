"""One picture as a piece of work for another process: what goes in, and the pure function over it."""

from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from app.poster.drawing.canvas import decoding, open_picture
from app.poster.drawing.design import Design, Drawing, PictureError
from app.poster.drawing.draw import draw
from app.poster.drawing.typographic import typographic_letterings, typographic_picture
from app.poster.records.candidate import Typography

SMALLEST_SIDE = 16
LOOK = (64, 64)
EVEN = 6  # shades of one channel that compression makes out of a single color


@dataclass(frozen=True, slots=True)
class DrawOrder:
    """The source picture, from bytes, a file or words, and the design that is laid over it."""

    picture: bytes | Path | Typography
    design: Design


def draw_order(order: DrawOrder) -> Drawing:
    """Draw the picture; the same order gives the same bytes. PictureError where the source shows nothing."""
    source = order.picture
    if isinstance(source, Typography):
        return draw_words(source, order.design)
    if isinstance(source, bytes):
        refuse_empty(source)
    return draw(source, order.design)


def draw_words(words: Typography, design: Design) -> Drawing:
    """Draw a pattern and the words on it, whichever texts the design has."""
    family = words.family or words.title
    letterings = typographic_letterings(words.title.upper(), words.second, design.size, family)
    picture = typographic_picture(family, words.title + words.second, design.size, words.figure)
    return draw(picture, replace(design, letterings=letterings))


def refuse_empty(content: bytes) -> None:
    """PictureError for a downloaded picture that is tiny or of one flat color, as placeholders are."""
    with decoding("the picture"):
        opened = open_picture(content)
        if min(opened.size) < SMALLEST_SIDE:
            raise PictureError(f"the picture is only {opened.width}x{opened.height} pixels large")
        opened.draft(None, LOOK)
        small = opened.convert("RGBA").resize(LOOK, Image.Resampling.BOX)
    if all(high - low <= EVEN for low, high in small.getextrema()):
        raise PictureError("the picture is one flat color")
