"""Draws one text into its box on the canvas."""

from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from app.poster.colors import parse_color
from app.poster.drawing.design import DrawnText, Lettering
from app.poster.drawing.legibility import contrast_on
from app.poster.drawing.shadows import cast_shadow
from app.poster.text.bidi import reads_right_to_left
from app.poster.text.block import Ink, draw_ink, ink_size, overhang
from app.poster.text.breaking import ELLIPSIS
from app.poster.text.fit import Room, fit
from app.poster.text.fonts import DEFAULT_FONT, TextLayout
from app.poster.text.script_runs import clean
from app.poster.text.typesetter import Typesetter

# The smallest readable size as a share of the canvas' shorter side: an overview shows posters at a tenth.
READABLE = 0.06
# More characters than any box shows are cut off beforehand, because fitting them takes minutes.
LONGEST_LETTERING = 2000
NO_OVERHANG = (0.0, 0.0)
_GRAVITIES = {
    "northwest": (0.0, 0.0),
    "north": (0.5, 0.0),
    "northeast": (1.0, 0.0),
    "west": (0.0, 0.5),
    "center": (0.5, 0.5),
    "centre": (0.5, 0.5),
    "east": (1.0, 0.5),
    "southwest": (0.0, 1.0),
    "south": (0.5, 1.0),
    "southeast": (1.0, 1.0),
}


@dataclass(frozen=True)
class MeasuredText:
    """What becomes of a lettering, and the box of its ink in pixels; no ink, no box."""

    text: DrawnText
    ink: tuple[float, float, float, float] | None = None


def letter(canvas: Image.Image, lettering: Lettering, layout: TextLayout) -> DrawnText:
    """Paint the panel, fit the text and draw it on the canvas, nothing of it outside the box.

    Returns the size, the lines, whether the text was truncated and which characters no font has. ValueError
    for an unknown color or gravity; OSError if a font of the package cannot be read.
    """
    left, top, right, bottom = box = _box(canvas.size, lettering)
    if right <= left or bottom <= top:
        return DrawnText(truncated=bool(lettering.text.strip()))
    if lettering.panel:
        canvas.paste(parse_color(lettering.panel), box)
    text, is_cut = _bounded(lettering)
    drawn = _write_with_fallback(canvas, lettering, text, layout) if text else DrawnText()
    return replace(drawn, truncated=True) if is_cut else drawn


def measure_text(size: tuple[int, int], lettering: Lettering, layout: TextLayout) -> MeasuredText:
    """What `letter` would draw on a canvas of that size, and where, without drawing it.

    ValueError for an unknown gravity; OSError for a font that is damaged.
    """
    left, top, right, bottom = _box(size, lettering)
    text, is_cut = _bounded(lettering)
    if not text or right <= left or bottom <= top:
        return MeasuredText(DrawnText(truncated=bool(text)))
    setter = _typesetter(lettering, text, layout)
    if not setter.drawable.strip():
        return MeasuredText(DrawnText(missing=setter.missing))
    fitted = fit(setter, _room(lettering, min(size)))
    block = fitted.block
    width, height = ink_size(setter, block)
    above, below = overhang(setter, block) if lettering.even else NO_OVERHANG
    horizontal, vertical = gravity(lettering.gravity)
    x = left + (right - left - width) * horizontal
    y = top - above + (bottom - top - height + above + below) * vertical
    drawn = DrawnText(block.size, block.lines, fitted.truncated or is_cut, setter.missing)
    return MeasuredText(drawn, (x, y, x + width, y + height))


def _bounded(lettering: Lettering) -> tuple[str, bool]:
    """The text as it is drawn, and whether some of it was cut off beforehand."""
    whole = clean(lettering.text).strip()
    if len(whole) <= LONGEST_LETTERING:
        return whole, False
    return whole[:LONGEST_LETTERING].rstrip() + ELLIPSIS, True


def gravity(name: str) -> tuple[float, float]:
    """Where ink sits in its box, from 0 (left, top) to 1 (right, bottom); ValueError for a bad name."""
    place = _GRAVITIES.get(name.strip().lower())
    if place is None:
        raise ValueError(f"{name!r} is no gravity: use one of {', '.join(sorted(_GRAVITIES))}")
    return place


def _write_with_fallback(
    canvas: Image.Image, lettering: Lettering, text: str, layout: TextLayout
) -> DrawnText:
    try:
        return _write(canvas, lettering, text, layout)
    except OSError as error:
        # A damaged font can be opened and yet fail at one of its glyphs, before anything is painted.
        if lettering.font in (None, DEFAULT_FONT):
            raise
        name = Path(lettering.font).name
        note = f"the font {name!r} is damaged ({error}), {DEFAULT_FONT.stem} is used instead"
        drawn = _write(canvas, replace(lettering, font=None), text, layout)
        return replace(drawn, notes=(note, *drawn.notes))


def _write(canvas: Image.Image, lettering: Lettering, text: str, layout: TextLayout) -> DrawnText:
    setter = _typesetter(lettering, text, layout)
    notes = tuple(setter.notes())
    if not setter.drawable.strip():
        return DrawnText(missing=setter.missing, notes=notes)
    fitted = fit(setter, _room(lettering, min(canvas.size)))
    ink = draw_ink(setter, fitted.block)
    beyond = overhang(setter, fitted.block) if lettering.even else NO_OVERHANG
    contrast = _paste(canvas, lettering, ink, beyond) if ink else 0.0
    return DrawnText(fitted.block.size, fitted.block.lines, fitted.truncated, setter.missing, notes, contrast)


def _typesetter(lettering: Lettering, text: str, layout: TextLayout) -> Typesetter:
    direction = lettering.right_to_left
    right_to_left = reads_right_to_left(text) if direction is None else direction
    return Typesetter(text, lettering.font, right_to_left, layout, lettering.language, lettering.spacing)


def _room(lettering: Lettering, shorter_side: int) -> Room:
    maximum = max(1, lettering.maximum)
    return Room(
        width=lettering.width,
        height=lettering.height,
        minimum=min(max(1, lettering.minimum), maximum),
        maximum=maximum,
        line_spacing=lettering.line_spacing,
        alignment=gravity(lettering.gravity)[0],
        stroke=max(0, lettering.stroke_width) / 2,
        readable=round(shorter_side * READABLE),
    )


def _box(canvas: tuple[int, int], lettering: Lettering) -> tuple[int, int, int, int]:
    left = (canvas[0] - lettering.width) // 2
    bottom = canvas[1] - lettering.offset
    return left, bottom - lettering.height, left + lettering.width, bottom


def _paste(
    canvas: Image.Image, lettering: Lettering, ink: Ink, beyond: tuple[float, float] = NO_OVERHANG
) -> float:
    """Draw the ink, and return the contrast of the text to what it is drawn on.

    `beyond` is what may stand out of the box, above and below.
    """
    left, top, right, bottom = _box(canvas.size, lettering)
    top, bottom = top - round(beyond[0]), bottom + round(beyond[1])
    horizontal, vertical = gravity(lettering.gravity)
    x = left + round((right - left - ink.size[0]) * horizontal)
    y = top + round((bottom - top - ink.size[1]) * vertical)
    if lettering.shadow:
        cast_shadow(canvas, ink.outline or ink.letters, (x, y), lettering.shadow)
    visible = (max(left - x, 0), max(top - y, 0), min(right - x, ink.size[0]), min(bottom - y, ink.size[1]))
    place = (x + visible[0], y + visible[1])
    if ink.outline:
        _paint(canvas, ink.outline.crop(visible), place, parse_color(lettering.stroke_color))
    letters, color = ink.letters.crop(visible), parse_color(lettering.color)
    ground = canvas.crop((*place, place[0] + letters.width, place[1] + letters.height))
    contrast = contrast_on(ground, letters, color) if all(letters.size) else 0.0
    _paint(canvas, letters, place, color)
    return contrast


def _paint(canvas: Image.Image, mask: Image.Image, place: tuple[int, int], color: tuple[int, ...]) -> None:
    # Pasting a picture of one colour is quicker than pasting the colour.
    canvas.paste(Image.new("RGB", mask.size, color), place, mask)
