"""Pictures of every kind become a canvas of exactly the wanted size."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from app.poster.drawing import canvas
from app.poster.drawing.canvas import open_canvas
from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE, PictureError
from tests.poster.pictures import close_to, make_bytes, make_picture

RED, BLUE, GREEN = (255, 0, 0), (0, 0, 255), (0, 160, 0)


def make_halves(size=(200, 100), left=RED, right=BLUE):
    picture = make_picture(size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    return picture


def make_gradient(size):
    across = Image.linear_gradient("L").resize(size)
    down = across.transpose(Image.Transpose.ROTATE_90).resize(size)
    return Image.merge("RGB", [across, down, ImageChops.invert(across)])


def covered(picture, size=(100, 100)):
    return open_canvas(picture, size)[0]


@pytest.mark.parametrize("source", [(300, 200), (200, 300), (100, 100), (37, 911), (1, 1), (200, 100)])
def test_the_canvas_has_exactly_the_wanted_size(source):
    result = covered(make_bytes(make_picture(source, RED)), (100, 150))
    assert (result.size, result.mode) == ((100, 150), "RGB")
    assert close_to(result.getpixel((0, 0)), RED) and close_to(result.getpixel((99, 149)), RED)


def test_a_wide_picture_loses_its_sides_and_keeps_its_middle():
    picture = make_picture((300, 100), GREEN)
    picture.paste(RED, (0, 0, 100, 100))
    picture.paste(BLUE, (200, 0, 300, 100))
    result = covered(make_bytes(picture, "PNG"))
    assert result.getpixel((1, 50)) == GREEN and result.getpixel((98, 50)) == GREEN


def test_the_aspect_is_kept_when_a_picture_grows():
    picture = make_picture((40, 30), GREEN)
    picture.paste(RED, (15, 10, 25, 20))
    red = covered(make_bytes(picture, "PNG"), (400, 300)).getchannel("R").point(lambda v: 255 * (v > 127))
    assert red.getbbox() == (150, 100, 250, 200)


@pytest.mark.parametrize("canvas", [POSTER_SIZE, WIDE_SIZE])
@pytest.mark.parametrize(
    "source", [(1000, 1500), (500, 750), (2000, 3000), (2007, 9000), (970, 970), (64, 63), (8000, 7)]
)
def test_a_side_that_cannot_be_scaled_without_rounding_is_covered_too(source, canvas):
    assert open_canvas(Image.new("L", source), canvas)[0].size == canvas


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_the_content_tells_the_kind_whatever_the_name_says(tmp_path, kind):
    path = tmp_path / "poster.jpg"
    path.write_bytes(make_bytes(make_picture((50, 50), BLUE), kind))
    assert close_to(covered(path).getpixel((50, 50)), BLUE)


def test_transparent_parts_turn_black():
    picture = make_picture((100, 100), (255, 255, 255, 0), "RGBA")
    picture.paste((255, 0, 0, 255), (50, 0, 100, 100))
    result = covered(make_bytes(picture, "PNG"))
    assert (result.getpixel((10, 50)), result.getpixel((90, 50))) == ((0, 0, 0), RED)


def test_a_palette_with_a_transparent_colour_is_flattened():
    picture = make_picture((100, 100), 0, "P")
    picture.putpalette([255, 0, 0, 0, 0, 255])
    picture.paste(1, (50, 0, 100, 100))
    result = covered(make_bytes(picture, "PNG", transparency=0))
    assert (result.getpixel((10, 50)), result.getpixel((90, 50))) == ((0, 0, 0), BLUE)


def test_print_colours_become_screen_colours():
    result = covered(make_bytes(make_picture((50, 50), (255, 0, 255, 0), "CMYK")))
    assert close_to(result.getpixel((50, 50)), (0, 255, 0))


@pytest.mark.parametrize(("mode", "gray"), [("L", 128), ("I;16", 128 * 257), ("1", 255)])
def test_gray_pictures_keep_their_brightness(mode, gray):
    value = covered(make_bytes(make_picture((50, 50), gray, mode), "PNG")).getpixel((5, 5))
    assert close_to(value, (255,) * 3 if mode == "1" else (128,) * 3, 1)


def test_a_deep_gray_picture_with_a_transparent_shade_keeps_its_brightness():
    picture = make_bytes(make_picture((50, 50), 128 * 257, "I;16"), "PNG", transparency=0)
    assert close_to(covered(picture).getpixel((5, 5)), (128,) * 3, 1)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, "RG"), (2, "GR"), (3, "BW"), (4, "WB"), (5, "RW"), (6, "WR"), (7, "BG"), (8, "GB")],
)
def test_the_camera_orientation_is_respected(orientation, corner):
    colors = {"R": RED, "G": GREEN, "B": BLUE, "W": (255, 255, 255)}
    picture = make_picture((120, 120), colors["R"])
    picture.paste(colors["G"], (60, 0, 120, 60))
    picture.paste(colors["B"], (60, 60, 120, 120))
    picture.paste(colors["W"], (0, 60, 60, 120))
    exif = Image.Exif()
    exif[0x0112] = orientation
    result = covered(make_bytes(picture, exif=exif, quality=95, subsampling=0), (120, 120))
    shown = [result.getpixel((20, 20)), result.getpixel((100, 20))]
    assert all(close_to(one, colors[name], 8) for one, name in zip(shown, corner, strict=True))


def test_a_picture_lying_on_its_side_is_turned_before_it_is_cropped():
    exif = Image.Exif()
    exif[0x0112] = 6
    result = covered(make_bytes(make_halves((300, 200)), exif=exif), (200, 300))
    assert close_to(result.getpixel((100, 20)), RED) and close_to(result.getpixel((100, 280)), BLUE)


def test_a_wide_gamut_profile_is_turned_into_plain_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    broken = covered(make_bytes(make_picture((50, 50), GREEN), "PNG", icc_profile=profile))
    assert close_to(broken.getpixel((5, 5)), GREEN), "a profile that does not suit the picture is ignored"
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert (
        covered(make_bytes(make_picture((50, 50), GREEN), "PNG", icc_profile=plain)).getpixel((5, 5)) == GREEN
    )


def test_a_large_jpeg_decoded_at_half_size_looks_like_one_decoded_in_full():
    content = make_bytes(make_gradient((4200, 6300)), quality=95)
    quick = covered(content, (500, 750))
    full = covered(make_bytes(Image.open(BytesIO(content)), "PNG", compress_level=0), (500, 750))
    assert max(ImageStat.Stat(ImageChops.difference(quick, full)).rms) < 1.5


def test_the_canvas_is_never_the_callers_own_picture():
    picture = make_picture(POSTER_SIZE, RED)
    covered(picture, POSTER_SIZE).paste(BLUE, (0, 0, 100, 100))
    assert picture.getpixel((5, 5)) == RED


def test_only_a_jpeg_has_a_quality_to_be_kept():
    assert open_canvas(make_bytes(kind="PNG"), (10, 10))[1] is None
    assert len(open_canvas(make_bytes(quality=50), (10, 10))[1][0]) == 64


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>not found</html>", b"\xff\xd8\xff\xe0", make_bytes()[:300], make_bytes(kind="PNG")[:60]],
)
def test_what_is_no_picture_is_refused_in_one_sentence(content):
    with pytest.raises(PictureError, match="^the picture cannot be decoded: "):
        covered(content)


def test_a_file_that_is_no_picture_is_named(tmp_path):
    path = tmp_path / "poster.jpg"
    path.write_text("nothing to see")
    with pytest.raises(PictureError, match=r"poster\.jpg cannot be decoded"):
        covered(path)
    with pytest.raises(PictureError, match=r"missing\.jpg cannot be decoded"):
        covered(tmp_path / "missing.jpg")


@pytest.mark.parametrize("content", [b"", b"<html>not found</html>"])
def test_bytes_of_no_known_format_are_told_without_an_address_in_memory(content):
    with pytest.raises(
        PictureError, match="^the picture cannot be decoded: it is no picture of a known format$"
    ):
        covered(content)


def test_a_script_in_the_clothes_of_a_picture_is_not_run():
    with pytest.raises(PictureError, match="cannot be decoded"):
        covered(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")


def test_a_decompression_bomb_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(canvas, "LARGEST_PICTURE", 5000)
    with pytest.raises(PictureError, match="100x51 pixels"):
        covered(make_bytes(make_picture((100, 51))))
    assert covered(make_bytes(make_picture((100, 50)))).size == (100, 100)


def test_a_picture_with_billions_of_pixels_is_refused():
    bomb = make_bytes(make_picture((1, 1)), "PNG")
    huge = bomb[:16] + (60_000).to_bytes(4, "big") * 2 + bomb[24:]
    with pytest.raises(PictureError):
        covered(huge)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    st.floats(0.1, 1),
)
def test_damaged_pictures_are_drawn_or_refused_and_nothing_else(kind, damages, kept):
    content = bytearray(make_bytes(make_halves((60, 40)), kind))
    for place, value in damages:
        content[int(place * len(content))] = value
    try:
        assert covered(bytes(content[: int(kept * len(content))]), (30, 30)).size == (30, 30)
    except PictureError as refused:
        assert str(refused)
