"""Decodes a picture that comes from outside before anything is done with it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from app.core.decoder_errors import decoder_errors
from app.core.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
SHOWN_FORMATS = ("JPEG", "PNG", "WEBP")
JPEG_QUALITY = 95
# As many as the poster engine draws.
MOST_PIXELS = 89_000_000
THUMB = (64, 64)
# Turns of Exif that make an upright picture of a wide one.
SIDEWAYS = (5, 6, 7, 8)
NO_PICTURE = "The file is no picture that can be used: it must be a whole JPEG, PNG, WebP, BMP or TIFF."


class Measured(NamedTuple):
    """A whole picture: Pillow's name of its format, width and height in pixels as it is shown."""

    format: str
    width: int
    height: int

    @property
    def ratio(self) -> float:
        return self.width / self.height


def measure_picture(content: BinaryIO) -> Measured:
    """Decode all of the picture; `Invalid` where it is none, is cut short, or has too many pixels."""
    from PIL import Image

    try:
        with Image.open(content, formats=FORMATS) as picture:
            measured = measured_size(picture)
            # A JPEG needs a 64th of the memory when it is decoded small, and is read to its end all the same.
            picture.draft(None, THUMB)
            picture.load()
            # Of a TIFF, Pillow has turned pixels and size by now.
            if picture.format == "TIFF":
                measured = Measured("TIFF", *picture.size)
        content.seek(0)
    except decoder_errors() as error:
        raise Invalid(NO_PICTURE) from error
    return measured


def shown_everywhere(content: BinaryIO, measured: Measured) -> BinaryIO:
    """The picture, as JPEG where its format is one that browsers and media servers do not show."""
    if measured.format in SHOWN_FORMATS:
        return content
    from PIL import Image, ImageOps

    held = BytesIO()
    with Image.open(content, formats=FORMATS) as picture:
        ImageOps.exif_transpose(picture).convert("RGB").save(held, "JPEG", quality=JPEG_QUALITY)
    held.seek(0)
    return held


def measured_size(picture: Image) -> Measured:
    from PIL import ExifTags

    width, height = picture.size
    if not 0 < width * height <= MOST_PIXELS:
        raise Invalid(f"The picture has {width} x {height} pixels; at most {MOST_PIXELS} can be used.")
    is_sideways = picture.getexif().get(ExifTags.Base.Orientation, 1) in SIDEWAYS
    return Measured(picture.format or "", *((height, width) if is_sideways else (width, height)))
