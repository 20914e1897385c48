import io
from itertools import product

import pytest
from PIL import Image

from app.core.errors import Invalid
from app.core.replacing.picture_content import measure_picture, shown_everywhere


def make_picture(size=(40, 60), kind="JPEG", **options) -> bytes:
    held = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(held, kind, **options)
    return held.getvalue()


def blank_picture(width, height) -> bytes:
    """A few bytes that become a great many pixels."""
    held = io.BytesIO()
    Image.new("1", (width, height)).save(held, "PNG")
    return held.getvalue()


def turned_picture() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return make_picture((90, 60), exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF"])
def test_every_format_is_measured_and_can_be_read_again(kind):
    content = io.BytesIO(make_picture(kind=kind))
    assert measure_picture(content) == (kind, 40, 60)
    assert content.tell() == 0


def test_a_picture_is_measured_as_it_is_shown():
    assert measure_picture(io.BytesIO(turned_picture()))[1:] == (60, 90)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no picture"),
        (b"<html><title>Sign in</title></html>", "no picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="300"/>', "no picture"),
        (make_picture()[:-400], "no picture"),
        (make_picture(progressive=True)[:-400], "no picture"),
        (make_picture(kind="PNG")[:-400], "no picture"),
        (make_picture(kind="GIF"), "no picture"),
        (blank_picture(9000, 9900), "9000 x 9900"),
        (blank_picture(30000, 6000), "no picture"),
    ],
)
def test_what_is_no_whole_picture_is_refused(content, told):
    with pytest.raises(Invalid, match=told):
        measure_picture(io.BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [*product(["BMP", "TIFF"], ["RGB", "L", "1", "P", "RGBA"]), ("TIFF", "CMYK"), ("TIFF", "I;16")],
)
def test_a_format_that_browsers_do_not_show_becomes_a_jpeg_in_every_mode_it_has(kind, mode):
    content = io.BytesIO()
    Image.new(mode, (40, 60), 1).save(content, kind)
    content.seek(0)
    shown = shown_everywhere(content, measure_picture(content))
    with Image.open(shown) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", (40, 60), "RGB")


def test_what_browsers_show_stays_as_it_is_and_a_turned_picture_becomes_upright():
    content = io.BytesIO(turned_picture())
    assert shown_everywhere(content, measure_picture(content)) is content
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = io.BytesIO(make_picture((90, 60), "TIFF", exif=exif))
    measured = measure_picture(turned)
    with Image.open(shown_everywhere(turned, measured)) as picture:
        assert picture.size == (measured.width, measured.height) == (60, 90)
        assert picture.getexif().get(0x0112, 1) == 1
