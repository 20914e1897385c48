"""Whether two pictures are the same one in other bytes, nearly the same, or two.

A print of 256 bits finds what may be the same; it cannot tell two seasons of a show apart whose pictures
differ in one figure. So both are compared at a size at which each letter still counts.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, BinaryIO

from app.core.thumbnails.shrinking import colored, opaque, opened_picture, shown_size

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 360
# Below this width a small text cannot be read any more.
LEAST_SIDE = 240
# Blocks of so many pixels are compared: the noise of a compression is less within each.
BLOCK = 4
LARGEST_DIFFERENCE = 28
LARGEST_SKEW = 0.02
# What is nearly the same: cut at the edges by so much, and compared as a whole.
CUTS = (0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06)
COARSE = 90
LARGEST_MEAN = 7.0


class Sameness(Enum):
    """How far two pictures are the same."""

    SAME = "same"
    ALIKE = "alike"
    OTHER = "other"


class ComparedPicture:
    """One picture that is compared with several; it is decoded once for each shape."""

    def __init__(self, content: BinaryIO, width: int, height: int):
        self.content, self.width, self.height = content, width, height
        self.known: dict[tuple[int, int], Image] = {}

    def at(self, size: tuple[int, int]) -> Image:
        if size not in self.known:
            self.content.seek(0)
            self.known[size] = fine_picture(self.content, size)
        return self.known[size]

    def sameness(self, other: BinaryIO) -> Sameness:
        """How far the other one is this; `Invalid` where it cannot be decoded."""
        shape = shown_size(other)
        other.seek(0)
        size = scaled(shape)
        theirs, ours = fine_picture(other, size), self.at(size)
        is_shaped = abs(self.width / self.height - shape[0] / shape[1]) <= LARGEST_SKEW
        is_large = max(self.width, self.height) >= LEAST_SIDE
        if is_shaped and largest_difference(ours, theirs) <= LARGEST_DIFFERENCE:
            return Sameness.SAME if is_large else Sameness.ALIKE
        return Sameness.ALIKE if is_alike(ours, theirs) else Sameness.OTHER


def scaled(shape: tuple[int, int]) -> tuple[int, int]:
    width, height = shape
    part = LONG_SIDE / max(shape)
    return max(1, round(width * part)), max(1, round(height * part))


def fine_picture(content: BinaryIO, size: tuple[int, int]) -> Image:
    """The picture at that size, whatever its own is; a JPEG is decoded at no less than twice of it."""
    from PIL import Image, ImageOps

    with opened_picture(content) as picture:
        picture.draft(None, (2 * max(size), 2 * max(size)))
        upright = opaque(colored(ImageOps.exif_transpose(picture)))
        return upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def largest_difference(one: Image, other: Image) -> int:
    """Of the brightness of all blocks."""
    from PIL import Image, ImageChops

    blocks = max(1, one.width // BLOCK), max(1, one.height // BLOCK)
    differing = ImageChops.difference(one, other).convert("L")
    return differing.resize(blocks, Image.Resampling.BOX).getextrema()[1]


def is_alike(ours: Image, theirs: Image) -> bool:
    """Whether one is about the other, perhaps cut at its edges."""
    whole = coarse(ours)
    return any(mean_difference(whole, coarse(theirs, cut)) <= LARGEST_MEAN for cut in CUTS)


def coarse(picture: Image, cut: float = 0.0) -> Image:
    from PIL import Image

    width, height = picture.size
    box = width * cut, height * cut, width * (1 - cut), height * (1 - cut)
    part = COARSE / max(picture.size)
    size = max(1, round(width * part)), max(1, round(height * part))
    return picture.convert("L").resize(size, Image.Resampling.BILINEAR, box=box)


def mean_difference(one: Image, other: Image) -> float:
    from PIL import ImageChops, ImageStat

    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
