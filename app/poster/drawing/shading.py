"""Darkness behind a title, which begins and ends softly."""

from PIL import Image

from app.poster.drawing.design import Shade
from app.poster.drawing.overlay_creator import eased
from app.poster.drawing.overlays import SHADE

# How far outside of the box of the title the shade begins, and how far inside it is whole, in its heights.
OUTSIDE, INSIDE = 0.7, 0.4
# A shade that would end in this last part of the picture goes down to its edge.
LAST_PART = 0.25


def lay_shade(canvas: Image.Image, shade: Shade) -> None:
    """Darken the canvas between the two heights."""
    width, height = canvas.size
    rows = bytes(round(255 * shade.strength / 100 * part) for part in shade_profile(shade, height))
    mask = Image.frombytes("L", (1, height), rows).resize(canvas.size, Image.Resampling.NEAREST)
    canvas.paste(Image.new("RGB", (width, height), SHADE), (0, 0), mask)


def shade_profile(shade: Shade, height: int) -> list[float]:
    """The part of the strength in each row, from 0 to 1."""
    size = max(1, shade.bottom - shade.top)
    soft, start = size * (OUTSIDE + INSIDE), shade.top - size * OUTSIDE
    goes_down = shade.bottom >= height * (1 - LAST_PART)
    end = height * 2 if goes_down else shade.bottom + size * OUTSIDE
    return [eased(min(row - start, end - row) / soft) for row in range(height)]
