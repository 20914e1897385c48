"""One picture as a piece of work for another process: what goes in, and the pure function over it."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.drawing.design import Design, Drawing
from app.poster.drawing.draw import draw
from app.poster.drawing.typographic import typographic_letterings, typographic_picture
from app.poster.records.candidate import Typography
from app.poster.text.wording import in_capitals


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
    # A file was put there by a person, who may want one flat colour.
    return draw(source, order.design, refuse_empty=isinstance(source, bytes))


def draw_words(words: Typography, design: Design) -> Drawing:
    """Draw a pattern and the words on it, whichever texts the design has."""
    family = words.family or words.title
    title = in_capitals(words.title, words.language)
    letterings = typographic_letterings(title, words.second, design.size, family)
    letterings = tuple(replace(one, language=words.language) for one in letterings)
    picture = typographic_picture(family, words.title + words.second, design.size, words.figure)
    return draw(picture, replace(design, letterings=letterings))
