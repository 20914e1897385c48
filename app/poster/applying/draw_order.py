"""One picture as a piece of work for another process: what goes in, and the pure function over it."""

from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

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
    return draw(picture_of_words(words, design.size), design_of_words(words, design))


def picture_of_words(words: Typography, size: tuple[int, int]) -> Image.Image:
    """The pattern that the words stand on."""
    return typographic_picture(words.family or words.title, words.title + words.second, size, words.figure)


def design_of_words(words: Typography, design: Design) -> Design:
    """The design with these words in place of its texts."""
    title = in_capitals(words.title, words.language)
    letterings = typographic_letterings(title, words.second, design.size, words.family or words.title)
    return replace(design, letterings=tuple(replace(one, language=words.language) for one in letterings))
