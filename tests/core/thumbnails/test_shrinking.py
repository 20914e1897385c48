import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from app.core.errors import Invalid
from app.core.thumbnails.shrinking import JPEG, WEBP, looks_of, thumbnail_bytes
from tests.pictures import make_picture, opened

RED = (200, 40, 20)


def small(content: bytes, width=40, encoding=JPEG) -> Image.Image:
    return opened(thumbnail_bytes(io.BytesIO(content), width, encoding))


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (make_picture((80, 120)), (40, 60)),
        (make_picture((20, 30)), (20, 30)),  # never larger than it is
        (make_picture((80, 120), encoding="PNG"), (40, 60)),
        (make_picture((80, 120), encoding="WEBP"), (40, 60)),
        (make_picture((80, 120), encoding="PNG", mode="P", color=3), (40, 60)),
        (make_picture((80, 120), encoding="PNG", mode="LA", color=(9, 0)), (40, 60)),
        (make_picture((80, 120), mode="CMYK", color=(0, 200, 200, 40)), (40, 60)),
        (make_picture((80, 120), mode="L", color=7), (40, 60)),
        (make_picture((80, 4000), encoding="PNG"), (3, 160)),  # no higher than four times the width
        (make_picture((120, 80), exif=turned(6)), (40, 60)),  # upright, as the camera says
    ],
)
@pytest.mark.parametrize("encoding", [JPEG, WEBP])
def test_a_picture_of_any_kind_is_made_as_narrow_as_asked(picture, size, encoding):
    found = small(picture, encoding=encoding)
    assert (found.size, found.format) == (size, encoding)


def test_colours_and_transparency_are_kept_as_far_as_the_encoding_can():
    assert small(make_picture(color=RED)).getpixel((20, 30)) == pytest.approx(RED, abs=4)
    clear = make_picture(encoding="PNG", mode="RGBA", color=(0, 0, 0, 0))
    assert small(clear, encoding=WEBP).getpixel((20, 30))[3] == 0
    assert small(clear, encoding=JPEG).getpixel((20, 30)) == pytest.approx((24, 24, 24), abs=2)


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP"])
def test_the_average_color_is_that_of_the_whole_picture(encoding):
    picture = Image.new("RGB", (64, 64), (255, 0, 0))
    picture.paste((0, 0, 255), (32, 0, 64, 64))
    content = io.BytesIO()
    picture.save(content, format=encoding)
    value = looks_of(content).color
    assert (value >> 16, value >> 8 & 255, value & 255) == pytest.approx((128, 0, 128), abs=6)


def make_bomb(width: int, height: int) -> bytes:
    """A PNG of some bytes that says it is that large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(bytes(99))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.mark.parametrize("size", [(6001, 6000), (10_000, 10_000), (60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(size):
    with pytest.raises(Invalid, match="36 million pixels"):
        small(make_bomb(*size))


WHOLE = {
    kind: make_picture((24, 36), encoding=kind, noisy=True, exif=turned(3))
    for kind in ("JPEG", "PNG", "WEBP")
}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"image",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        make_picture(encoding="GIF"),
        make_picture(encoding="TIFF"),
        *(content[: len(content) // 2] for content in WHOLE.values()),
    ],
)
def test_what_is_no_picture_of_a_known_kind_or_is_cut_off_is_refused(content):
    with pytest.raises(Invalid, match="no picture|decoded"):
        small(content)


@given(
    some.sampled_from(sorted(WHOLE)),
    some.lists(some.tuples(some.integers(0), some.binary(max_size=4)), max_size=9),
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_damage_of_any_kind_gives_a_picture_or_is_refused(kind, damage):
    content = bytearray(WHOLE[kind])
    for place, piece in damage:
        start = place % len(content)
        content[start : start + len(piece)] = piece
    for made in (lambda: small(bytes(content)), lambda: looks_of(io.BytesIO(content))):
        with suppress(Invalid):
            made()
