"""Pictures are decoded and made small, within a bound of memory.

Pillow is imported by the first picture, since most processes never decode one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from app.core.decoder_errors import BROKEN
from app.core.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

JPEG, WEBP = "JPEG", "WEBP"
MEDIA_TYPES = {JPEG: "image/jpeg", WEBP: "image/webp"}
# What the index takes for images; no other decoder sees a file.
DECODERS = ("JPEG", "PNG", "WEBP")
# 8K is 33 million.
MOST_PIXELS = 36_000_000
# How many times as high as wide a thumbnail is at most.
TALLEST = 4
TURNED = (5, 6, 7, 8)
ORIENTATION = 0x0112
OPTIONS = {JPEG: {"quality": 82}, WEBP: {"quality": 80, "method": 1}}
# Behind transparent pictures, mostly logos in light colours.
BACKGROUND = (24, 24, 24)
AVERAGED_WIDTH = 32
PRINT_BLOCKS = (16, 16)
# A JPEG is decoded at no less than this times the size; 2000 pixels become 500 for 320, and 1000 for 640.
DECODED_LARGER = 1.5


def thumbnail_bytes(file: BinaryIO, width: int, encoding: str) -> bytes:
    """The picture as JPEG or WebP, at most `width` wide; `Invalid` for what cannot be decoded."""
    with opened_picture(file) as picture:
        small = shrunk(picture, width)
        if encoding == JPEG:
            small = opaque(small)
        found = io.BytesIO()
        small.save(found, format=encoding, **OPTIONS[encoding])
    return found.getvalue()


class Looks(NamedTuple):
    """What a picture looks like: its average color as 0xRRGGBB, and its print."""

    color: int
    print: bytes


def looks_of(file: BinaryIO) -> Looks:
    """Color and print of a picture; `Invalid` for what cannot be decoded."""
    with opened_picture(file) as picture:
        small = opaque(shrunk(picture, AVERAGED_WIDTH))
        red, green, blue = small.resize((1, 1)).getpixel((0, 0))
        return Looks(red << 16 | green << 8 | blue, print_of(small))


def print_of(small: Image) -> bytes:
    """Whether each of 16 x 16 blocks is brighter than the one to its left, in bits.

    Few of them differ between two encodings or sizes of a picture, half of them between two pictures.
    """
    from PIL import Image

    columns, rows = PRINT_BLOCKS
    gray = small.convert("L").resize((columns + 1, rows), Image.Resampling.BOX).tobytes()
    lines = (gray[start : start + columns + 1] for start in range(0, len(gray), columns + 1))
    bits = "".join("01"[right > left] for line in lines for left, right in pairwise(line))
    return int(bits, 2).to_bytes(columns * rows // 8, "big")


def shown_size(file: BinaryIO) -> tuple[int, int]:
    """(width, height) of a picture as it is shown, by its head alone; `Invalid` for what is none."""
    with opened_picture(file) as picture:
        is_turned = picture.getexif().get(ORIENTATION) in TURNED
        return picture.size[::-1] if is_turned else picture.size


@contextmanager
def opened_picture(file: BinaryIO) -> Iterator[Image]:
    """A picture that is decoded when it is used; `Invalid` at any time in the block for a damaged one."""
    from PIL import Image

    bombs = Image.DecompressionBombError, Image.DecompressionBombWarning
    try:
        with Image.open(file, formats=DECODERS) as picture:
            require_size(picture)
            yield picture
    except bombs as error:
        raise Invalid(TOO_LARGE) from error
    except BROKEN as error:
        raise Invalid("The file is no picture that can be decoded, or is damaged.") from error


TOO_LARGE = f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels."


def require_size(picture: Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Invalid(TOO_LARGE)


def shrunk(picture: Image, width: int) -> Image:
    """The picture within the width, upright, as RGB or RGBA; a JPEG is decoded at a fraction of its size."""
    from PIL import Image, ImageOps

    box = width, width * TALLEST
    if picture.getexif().get(ORIENTATION) in TURNED:
        box = box[::-1]
    if picture.format != "JPEG":
        picture = colored(picture)
    picture.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=DECODED_LARGER)
    return colored(ImageOps.exif_transpose(picture))


def colored(picture: Image) -> Image:
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def opaque(picture: Image) -> Image:
    from PIL import Image

    if picture.mode == "RGB":
        return picture
    below = Image.new("RGBA", picture.size, (*BACKGROUND, 255))
    return Image.alpha_composite(below, picture).convert("RGB")
