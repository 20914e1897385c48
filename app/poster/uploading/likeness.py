"""Whether a server shows our picture in other bytes, and our picture in fewer bytes."""

from io import BytesIO

from PIL import Image, ImageChops, ImageStat

from app.poster.drawing.canvas import FORMATS, decoding, open_picture
from app.poster.drawing.design import PictureError

# Both pictures are compared as blocks of so many pixels of a poster, where compression changes little.
BLOCKS = (24, 24)
LARGEST_DIFFERENCE = 40
LARGEST_MEAN = 6
LARGEST_SKEW = 0.02
QUALITIES = (88, 82, 74, 64, 52, 40, 28)


def looks_like(one: bytes, other: bytes) -> bool:
    """Whether both are the same picture in different encodings or sizes; False for what is no picture."""
    try:
        with decoding("the picture"):
            first, second = blocks(one), blocks(other)
    except PictureError:
        return False
    if abs(first[1] - second[1]) > LARGEST_SKEW:
        return False
    difference = ImageChops.difference(first[0], second[0])
    largest = max(high for _, high in difference.getextrema())
    return largest <= LARGEST_DIFFERENCE and max(ImageStat.Stat(difference).mean) <= LARGEST_MEAN


def blocks(picture: bytes) -> tuple[Image.Image, float]:
    """The picture as a few blocks of color, and its width by its height."""
    opened = open_picture(picture, tuple(8 * side for side in BLOCKS))
    ratio = opened.width / opened.height
    return opened.convert("RGB").resize(BLOCKS, Image.Resampling.BOX), ratio


def fitting(content: bytes, most: int) -> bytes:
    """The picture in at most so many bytes, by JPEG quality alone; b"" where no quality suffices.

    The same bytes give the same result. 0 means that any size is taken.
    """
    if not most or len(content) <= most:
        return content
    try:
        with decoding("the picture"):
            return first_fitting(content, most)
    except PictureError:
        return b""


def first_fitting(content: bytes, most: int) -> bytes:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.has_transparency_data:
            # JPEG has none: a logo would lie on a box.
            return b""
        comment = opened.info.get("comment", b"")
        picture = opened.convert("RGB")
    for quality in QUALITIES:
        smaller = BytesIO()
        picture.save(smaller, "JPEG", quality=quality, subsampling=2, optimize=True, comment=comment)
        if smaller.tell() <= most:
            return smaller.getvalue()
    return b""
