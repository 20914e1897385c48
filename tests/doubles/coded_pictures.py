"""Pictures that carry a number, readable after scaling, JPEG, overlays and text below the middle."""

import colorsys
import zlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageStat

# The grid stands in the upper half, away from borders and from text: parts of width and height.
LEFT, TOP, RIGHT, BOTTOM = 0.2, 0.1, 0.8, 0.45
COLUMNS, ROWS = 8, 4
LIGHT, DARK = (245, 245, 245), (10, 10, 10)
KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


def code_of(name: str) -> int:
    """The number that stands for a name, from 0 to 2^24 - 1."""
    return zlib.crc32(name.encode()) & 0xFFFFFF


@lru_cache(maxsize=2048)
def draw_coded(code: int, size: tuple[int, int], ending: str = "jpg") -> bytes:
    """An encoded picture of that size with a sky, hills and the number."""
    picture = Image.linear_gradient("L").resize(size)
    shade = tuple(int(part * 255) for part in colorsys.hsv_to_rgb((code % 97) / 97, 0.6, 0.8))
    picture = Image.composite(Image.new("RGB", size, shade), Image.new("RGB", size, (30, 30, 40)), picture)
    drawing = ImageDraw.Draw(picture)
    for number, bit in enumerate(bits_of(code)):
        drawing.rectangle(block(number, size), LIGHT if bit else DARK)
    target = BytesIO()
    picture.save(target, KINDS.get(ending.lower(), "JPEG"), quality=90)
    return target.getvalue()


def read_code(picture: bytes | Path | Image.Image) -> int | None:
    """The number that a picture shows, None where it shows none."""
    image = picture if isinstance(picture, Image.Image) else Image.open(as_file(picture))
    gray = image.convert("L")
    means = [ImageStat.Stat(gray.crop(shrink(block(number, gray.size)))).mean[0] for number in range(32)]
    middle = (min(means) + max(means)) / 2
    bits = [mean > middle for mean in means]
    code = sum(bit << position for position, bit in enumerate(bits[:24]))
    return code if list(bits_of(code)) == bits else None


def as_file(picture: bytes | Path) -> BytesIO | Path:
    return BytesIO(picture) if isinstance(picture, bytes) else picture


def bits_of(code: int) -> list[bool]:
    """The 24 bits of the number and 8 of a checksum."""
    whole = code | (zlib.crc32(code.to_bytes(3, "big")) & 0xFF) << 24
    return [bool(whole >> position & 1) for position in range(COLUMNS * ROWS)]


def block(number: int, size: tuple[int, int]) -> tuple[float, float, float, float]:
    width, height = size
    row, column = divmod(number, COLUMNS)
    across, down = width * (RIGHT - LEFT) / COLUMNS, height * (BOTTOM - TOP) / ROWS
    left, top = width * LEFT + column * across, height * TOP + row * down
    return left, top, left + across, top + down


def shrink(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """The middle of a block, where nothing of its neighbours shines in."""
    left, top, right, bottom = box
    across, down = (right - left) / 4, (bottom - top) / 4
    return round(left + across), round(top + down), round(right - across), round(bottom - down)
