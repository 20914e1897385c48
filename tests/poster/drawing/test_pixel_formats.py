"""Each unusual pixel format is drawn like a plain RGB copy of the same image, on every road."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from app.poster.drawing import canvas
from app.poster.drawing.canvas import open_canvas, open_layer, open_picture
from app.poster.drawing.design import Logo, PictureError
from app.poster.drawing.draw import draw
from app.poster.drawing.scenery import scenery
from tests.poster.pictures import make_bytes, make_design, opened
from tests.poster.profiles import make_wide_profile

SIZE = (240, 360)
PLAIN = scenery("x", SIZE, "sea", "day")
GRAY = PLAIN.convert("L")
OTHER_FRAME = Image.new("RGB", SIZE, (255, 0, 255))


def with_turn(kind, **options):
    """The image stored on its side, with the Exif turn that sets it upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = PLAIN.transpose(Image.Transpose.ROTATE_90)
    return make_bytes(stored, kind, exif=exif, **options)


def animated(kind, **options):
    return make_bytes(PLAIN, kind, save_all=True, append_images=[OTHER_FRAME], duration=100, **options)


def deep_gray():
    deep = GRAY.convert("I").point(lambda value: value * 257 + 0)
    return make_bytes(deep.convert("I;16"), "PNG")


def deep_color_png():
    """A PNG of 16 bits for each of three channels, which Pillow cannot write."""
    rows = PLAIN.tobytes()
    lines = b"".join(
        b"\0"
        + bytes(part for value in rows[y * SIZE[0] * 3 : (y + 1) * SIZE[0] * 3] for part in (value, value))
        for y in range(SIZE[1])
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", *SIZE, 16, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def print_colors(marker):
    """A CMYK JPEG, with the Adobe marker and its inverted values, or without both."""
    content = make_bytes(PLAIN.convert("CMYK"), quality=95, subsampling=0)
    if marker:
        return content
    plain = make_bytes(ImageChops.invert(PLAIN.convert("CMYK")), quality=95, subsampling=0)
    start = plain.index(b"\xff\xee")
    return plain[:start] + plain[start + 2 + int.from_bytes(plain[start + 2 : start + 4]) :]


def wide_gamut(kind="JPEG", mode="RGB"):
    """The image in the values of a wider colour space, which look pale where its profile is ignored."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(make_wide_profile()))
    wide = ImageCms.profileToProfile(PLAIN, ImageCms.createProfile("sRGB"), profile, outputMode="RGB")
    options = {"quality": 97, "subsampling": 0} if kind == "JPEG" else {}
    return make_bytes(wide.convert(mode), kind, icc_profile=make_wide_profile(), **options)


def palette():
    return make_bytes(PLAIN.quantize(256, dither=Image.Dither.NONE), "PNG")


FORMATS = {
    "16-bit grey PNG": (deep_gray, GRAY),
    "16-bit colour PNG": (deep_color_png, PLAIN),
    "16-bit grey TIFF": (lambda: make_bytes(Image.open(io.BytesIO(deep_gray())), "TIFF"), GRAY),
    "floating-point TIFF": (lambda: make_bytes(GRAY.convert("F"), "TIFF"), GRAY),
    "JPEG on its side": (lambda: with_turn("JPEG", quality=97, subsampling=0), PLAIN),
    "PNG on its side": (lambda: with_turn("PNG"), PLAIN),
    "WebP on its side": (lambda: with_turn("WEBP", lossless=True), PLAIN),
    "TIFF on its side": (lambda: with_turn("TIFF"), PLAIN),
    "CMYK JPEG with marker": (lambda: print_colors(True), PLAIN),
    "CMYK JPEG without marker": (lambda: print_colors(False), PLAIN),
    "CMYK TIFF": (lambda: make_bytes(PLAIN.convert("CMYK"), "TIFF"), PLAIN),
    "wide-gamut JPEG": (wide_gamut, PLAIN),
    "wide-gamut PNG": (lambda: wide_gamut("PNG"), PLAIN),
    "wide-gamut PNG with alpha": (lambda: wide_gamut("PNG", "RGBA"), PLAIN),
    "palette PNG": (palette, PLAIN),
    "1-bit PNG": (lambda: make_bytes(GRAY.convert("1"), "PNG"), GRAY.convert("1").convert("RGB")),
    "grey PNG with alpha": (lambda: make_bytes(GRAY.convert("LA"), "PNG"), GRAY),
    "progressive JPEG": (lambda: make_bytes(PLAIN, progressive=True, quality=97, subsampling=0), PLAIN),
    "grey JPEG": (lambda: make_bytes(GRAY, quality=97), GRAY),
    "moving WebP": (lambda: animated("WEBP", lossless=True), PLAIN),
    "moving PNG": (lambda: animated("PNG"), PLAIN),
    "moving GIF": (lambda: animated("GIF"), PLAIN),
    "AVIF": (lambda: make_bytes(PLAIN, "AVIF", quality=95, subsampling="4:4:4"), PLAIN),
}


def difference(one, other):
    """The mean difference of the channels, in levels, of what a viewer sees: fine grain does not count."""
    blurred = [image.convert("RGB").reduce(4) for image in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*blurred)).mean)


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_looks_like_its_plain_copy(name):
    make, plain = FORMATS[name]
    drawn, _ = open_canvas(make(), SIZE)
    assert (drawn.mode, drawn.size) == ("RGB", SIZE)
    assert difference(drawn, plain) < 4


@pytest.mark.parametrize("name", FORMATS)
def test_an_overlay_or_logo_looks_like_its_plain_copy(name, tmp_path):
    make, plain = FORMATS[name]
    (tmp_path / "overlay.png").write_bytes(make())
    for design in (
        make_design(SIZE, overlay=tmp_path / "overlay.png", quality=98),
        make_design(SIZE, logo=Logo(make(), *SIZE, offset=0), quality=98),
    ):
        assert difference(opened(draw(Image.new("RGB", SIZE), design)), plain) < 4


def half_transparent(mode):
    """A picture whose left half is transparent, in one of the ways to say so."""
    layer = PLAIN.convert("RGBA")
    layer.paste((0, 0, 0, 0), (0, 0, SIZE[0] // 2, SIZE[1]))
    if mode == "palette":
        return make_bytes(layer.quantize(200), "PNG")
    if mode == "one colour":
        layer = PLAIN.copy()
        layer.paste((1, 2, 3), (0, 0, SIZE[0] // 2, SIZE[1]))
        return make_bytes(layer, "PNG", transparency=(1, 2, 3))
    if mode == "GIF":
        return make_bytes(layer, "GIF")
    return make_bytes(layer.convert(mode) if mode != "wide" else layer, "PNG", **profile_of(mode))


def profile_of(mode):
    return {"icc_profile": make_wide_profile()} if mode == "wide" else {}


@pytest.mark.parametrize("mode", ["RGBA", "LA", "palette", "one colour", "GIF", "wide"])
def test_transparency_is_kept_in_overlays_and_black_in_pictures(mode, tmp_path):
    content = half_transparent(mode)
    (tmp_path / "overlay.png").write_bytes(content)
    design = make_design(SIZE, overlay=tmp_path / "overlay.png", quality=98)
    over_red = opened(draw(Image.new("RGB", SIZE, (200, 0, 0)), design))
    left, right = (40, 0, 80, SIZE[1]), (160, 0, 200, SIZE[1])
    assert ImageStat.Stat(over_red.crop(left)).mean == pytest.approx((200, 0, 0), abs=3)
    assert ImageStat.Stat(over_red.crop(right)).mean[2] > 60
    flat = open_canvas(content, SIZE)[0]
    assert max(high for _, high in flat.crop(left).getextrema()) == 0
    assert open_layer(content).mode == "RGBA"


@pytest.mark.slow
def test_a_poster_of_12000_by_18000_pixels_is_decoded_small():
    content = make_bytes(Image.new("L", (12_000, 18_000), 90))
    with open_picture(content, (2000, 3000)) as picture:
        assert picture.size == (3000, 4500)
    assert open_canvas(content, (2000, 3000))[0].getpixel((1000, 1500)) == (90, 90, 90)


@pytest.fixture
def low_limits(monkeypatch):
    """Limits that small pictures reach: 10,000 pixels in memory, 100,000 in a file."""
    monkeypatch.setattr(canvas, "LARGEST_PICTURE", 10_000)
    monkeypatch.setattr(canvas, "LARGEST_REDUCED", 100_000)


@pytest.mark.parametrize("turn", [1, 6])
@pytest.mark.usefixtures("low_limits")
def test_a_jpeg_beyond_the_limit_is_decoded_at_a_part_of_its_size(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    stored = Image.new("L", (240, 360) if turn == 1 else (360, 240), 90)
    assert open_canvas(make_bytes(stored, exif=exif), (40, 60))[0].getpixel((20, 30)) == (90, 90, 90)


@pytest.mark.parametrize(
    ("size", "kind", "options"),
    [((240, 360), "JPEG", {"progressive": True}), ((240, 360), "PNG", {}), ((360, 720), "JPEG", {})],
)
@pytest.mark.usefixtures("low_limits")
def test_what_cannot_be_decoded_small_is_refused_with_one_sentence(size, kind, options):
    content = make_bytes(Image.new("L", size), kind, **options)
    with pytest.raises(PictureError, match=f"the picture has {size[0]}x{size[1]} pixels"):
        open_canvas(content, (40, 60))


def test_what_pillow_itself_refuses_for_its_size_has_the_same_reason():
    bomb = make_bytes(Image.new("L", (1, 1)), "PNG")
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + bomb[24:29]
    huge = bomb[:12] + head + zlib.crc32(head).to_bytes(4, "big") + bomb[33:]
    with pytest.raises(PictureError, match="it has more than 89000000 pixels"):
        open_canvas(huge, (2000, 3000))


@pytest.mark.parametrize(
    ("picture", "complaint"),
    [
        (Image.new("RGB", (400, 600), "gray"), "one flat color"),
        (Image.new("RGBA", (400, 600), (0, 0, 0, 0)), "one flat color"),
        (Image.new("RGB", (1, 1)), "only 1x1"),
    ],
)
def test_a_picture_that_shows_nothing_is_refused_where_that_is_asked_for(picture, complaint):
    content = make_bytes(picture, "PNG")
    with pytest.raises(PictureError, match=complaint):
        draw(content, make_design(), refuse_empty=True)
    assert draw(content, make_design()).jpeg


def test_a_picture_with_a_small_spot_shows_something():
    picture = Image.new("RGB", (4000, 6000), "gray")
    picture.paste("white", (1000, 1000, 1400, 1400))
    assert draw(make_bytes(picture), make_design(), refuse_empty=True).jpeg
