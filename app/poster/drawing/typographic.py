"""Artwork without a source picture: a pattern in the colours of the title, and the title on it."""

from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageDraw, ImageFont

from app.poster.colors import Color, parse_color
from app.poster.drawing.design import Lettering
from app.poster.drawing.motifs import MOTIFS, Sheet
from app.poster.drawing.paint import add_grain, mix, paint_gradient
from app.poster.drawing.resizing import resize
from app.poster.text.fonts import DEFAULT_FONT

DETAIL = 2
GRAIN = 6
TEXT_WIDTH = 0.84
# Dark, middle, two accents, light.
PALETTES = (
    ("#0d1426", "#27406b", "#ff6b5e", "#ffb26b", "#ffe9cf"),
    ("#0b1c18", "#1f5147", "#e3b23c", "#e8743b", "#f4ead2"),
    ("#190e21", "#4b2a63", "#e0487c", "#f6a15b", "#fbe3d0"),
    ("#071a21", "#0f4c5c", "#fb8b24", "#e36414", "#f7e9d3"),
    ("#1c0d0c", "#6b1f1d", "#d95d39", "#f0a202", "#f6e6cb"),
    ("#10151a", "#3a4b56", "#9fb8ad", "#d8c99b", "#f2efe4"),
    ("#0a0e28", "#2433a6", "#6ad5ff", "#ff5dc8", "#eef3ff"),
    ("#0b1a20", "#1d4a52", "#dd7373", "#f4c95d", "#f7f4ea"),
    ("#0d0b0c", "#4a141b", "#d21f32", "#f2735c", "#f7ede2"),
    ("#06162b", "#0e4b86", "#2ec4b6", "#8fe3d6", "#f3fbff"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How the texts lie on a canvas, in parts of its height: offsets and largest sizes of both."""

    offset: float
    height: float
    largest: float
    second_offset: float
    second_height: float


PORTRAIT = Scale(0.145, 0.17, 0.1, 0.072, 0.034)
LANDSCAPE = Scale(0.175, 0.25, 0.15, 0.075, 0.05)


def typographic_picture(family: str, variant: str, size: tuple[int, int], figure: str = "") -> Image.Image:
    """An RGB image of exactly this size without texts, to be drawn on like any source picture.

    `family`, the title of a film or show, chooses palette and pattern; `variant` turns the pattern, so that
    the seasons of a show differ and belong together. `figure`, such as the number of a season or episode, is
    set large on the pattern. The same arguments give the same pixels in any process.
    """
    palette, motif = _look_of(family)
    chance = Random(f"{_key(family)} {_key(variant)}")
    sheet = _paint_sheet(chance, size, palette, motif)
    if figure:
        _paint_badge(sheet)
    image = resize(add_grain(sheet.image, chance, GRAIN), size)
    if figure:
        _set_figure(image, figure, sheet)
    return image


def typographic_letterings(
    title: str, second: str, size: tuple[int, int], family: str
) -> tuple[Lettering, ...]:
    """The title in the dark lower part, and the second line small below it in an accent of the palette."""
    scale = PORTRAIT if size[0] < size[1] else LANDSCAPE
    (_, _, _, accent, light), _ = _look_of(family)
    color = "#{:02x}{:02x}{:02x}".format(*mix(accent, light, 0.5))
    large = _place_text(title, size, (scale.offset, scale.height, scale.largest))
    line = f"\u2014 {second} \u2014" if second.isdigit() else second
    small = _place_text(line, size, (scale.second_offset, scale.second_height * 1.6, scale.second_height))
    return tuple(lettering for lettering in (large, replace(small, color=color)) if lettering.text.strip())


def _place_text(text: str, size: tuple[int, int], place: tuple[float, float, float]) -> Lettering:
    offset, height, largest = (round(size[1] * part) for part in place)
    return Lettering(
        text=text,
        font=None,
        minimum=max(1, largest // 4),
        maximum=max(1, largest),
        width=round(size[0] * TEXT_WIDTH),
        height=height,
        offset=offset,
    )


def _look_of(family: str) -> tuple[tuple[Color, ...], str]:
    """The palette and the name of the pattern that belong to a title."""
    chance = Random(f"typographic {_key(family)}")
    palette = tuple(parse_color(color) for color in chance.choice(PALETTES))
    return palette, chance.choice(list(MOTIFS))


def _key(title: str) -> str:
    return title.casefold().strip()


def _paint_sheet(chance: Random, size: tuple[int, int], palette: tuple[Color, ...], motif: str) -> Sheet:
    small = (max(16, size[0] // DETAIL), max(16, size[1] // DETAIL))
    dark, middle = palette[0], palette[1]
    ground = paint_gradient([(0, mix(dark, middle, 0.75)), (0.6, mix(dark, middle, 0.4)), (1, dark)], small)
    sheet = Sheet(ground, chance, palette)
    MOTIFS[motif](sheet)
    _sink(sheet, dark)
    return sheet


def _sink(sheet: Sheet, dark: Color) -> None:
    """Fade the pattern into the dark colour where the title will stand."""
    width, height = sheet.image.size
    first = round(height * 0.46)
    depth = height - first
    rows = bytes(round(240 * min(1.0, y / depth / 0.5)) for y in range(depth))
    mask = Image.frombytes("L", (1, depth), rows).resize((width, depth), Image.Resampling.NEAREST)
    sheet.image.paste(dark, (0, first, width, height), mask)


def _paint_badge(sheet: Sheet) -> None:
    """A dark disc that a figure can be read on."""
    x, y = sheet.place(*sheet.middle)
    sheet.discs(sheet.palette[0], [(x, y, sheet.unit * 0.23)], 0.9)


def _set_figure(image: Image.Image, figure: str, sheet: Sheet) -> None:
    x, y = (part * length for part, length in zip(sheet.middle, image.size, strict=True))
    reach = sheet.unit * DETAIL * 0.27
    font = _font_within(figure, reach, reach)
    ImageDraw.Draw(image).text((x, y), figure, font=font, fill=sheet.palette[4], anchor="mm")


def _font_within(text: str, width: float, height: float) -> ImageFont.FreeTypeFont:
    left, top, right, bottom = ImageFont.truetype(str(DEFAULT_FONT), 200).getbbox(text)
    scale = min(width / max(1, right - left), height / max(1, bottom - top))
    return ImageFont.truetype(str(DEFAULT_FONT), max(1, round(200 * scale)))
