"""Lines of text set below each other, as masks of their ink."""

from dataclasses import dataclass
from math import ceil, floor

from PIL import Image

from app.poster.text.typesetter import InkBox, Typesetter, union

PlacedLine = tuple[str, tuple[float, float]]


@dataclass(frozen=True)
class Block:
    """Lines at one size, their baselines `pitch` apart; `stroke` widens the ink on each side."""

    lines: tuple[str, ...]
    size: int
    pitch: int
    alignment: float
    stroke: float = 0.0


@dataclass(frozen=True)
class Ink:
    """The trimmed mask of the glyphs and, in the same frame, that of their outline."""

    letters: Image.Image
    outline: Image.Image | None

    @property
    def size(self) -> tuple[int, int]:
        return self.letters.size


def ink_size(setter: Typesetter, block: Block) -> tuple[float, float]:
    """The width and height that the block's ink takes at most."""
    left, top, right, bottom = _ink_box(setter, block)
    return right - left, bottom - top


def overhang(setter: Typesetter, block: Block) -> tuple[float, float]:
    """How far ink goes above the first line's capitals and below the last baseline; negative: how short."""
    _, top, _, bottom = _ink_box(setter, block)
    last = (len(block.lines) - 1) * block.pitch
    return -setter.capital_height(block.size) - top, bottom - last


def draw_ink(setter: Typesetter, block: Block) -> Ink | None:
    """Draw the block and trim it to its ink; None if nothing of it is visible."""
    left, top, right, bottom = _ink_box(setter, block)
    origin = (1 - floor(left), 1 - floor(top))
    size = (ceil(right) + origin[0] + 1, ceil(bottom) + origin[1] + 1)
    letters = _mask(setter, block, size, origin, 0)
    outline = _mask(setter, block, size, origin, block.stroke) if block.stroke else None
    trim = (outline or letters).getbbox()
    if trim is None:
        return None
    return Ink(letters.crop(trim), outline and outline.crop(trim))


def _mask(
    setter: Typesetter, block: Block, size: tuple[int, int], origin: tuple[int, int], stroke: float
) -> Image.Image:
    mask = Image.new("L", size)
    for line, (x, y) in _places(setter, block):
        setter.draw(mask, line, block.size, (x + origin[0], y + origin[1]), stroke)
    return mask


def _places(setter: Typesetter, block: Block) -> list[PlacedLine]:
    widths = [setter.width(line, block.size) for line in block.lines]
    widest = max(widths, default=0)
    return [
        (line, (round((widest - width) * block.alignment), number * block.pitch))
        for number, (line, width) in enumerate(zip(block.lines, widths, strict=True))
    ]


def _ink_box(setter: Typesetter, block: Block) -> InkBox:
    boxes = [
        (ink[0] + x, ink[1] + y, ink[2] + x, ink[3] + y)
        for line, (x, y) in _places(setter, block)
        if (ink := setter.ink(line, block.size))
    ]
    left, top, right, bottom = union(boxes) or (0, 0, 0, 0)
    return left - block.stroke, top - block.stroke, right + block.stroke, bottom + block.stroke
