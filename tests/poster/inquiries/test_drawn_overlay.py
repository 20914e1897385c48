"""An overlay of given numbers is drawn in its size or small, and odd particulars are refused."""

from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.inquiries.drawn_overlay import COLORS, PREVIEW_WIDTH
from app.poster.inquiries.inquiry import BadInquiry, is_key, read_particulars
from app.poster.inquiries.server_check import kind_of_info
from app.poster.inquiries.table import respond
from app.poster.records.library import SourceName
from tests.poster.inquiries.asking import make_inquiry

PLAIN = {
    **dict.fromkeys(COLORS, "#000000"),
    **dict.fromkeys(("matte_height_ratio", "fade_height_ratio", "inner_glow_strength"), 0.0),
    **{"vignette_strength": 0.0, "grain_amount": 0.0, "grain_size": 1.0},
    **{"overlay_type": "poster", "border_enabled": True, "border_px": 200, "corner_radius": 0},
    **{"preview": True, "show_text_area": False},
}
BORDER_THERE = PREVIEW_WIDTH * 200 // POSTER_SIZE[0]


def answered(**changed):
    return respond("draw-overlay", make_inquiry(**{**PLAIN, **changed}))


def drawn(**changed) -> Image.Image:
    return Image.open(BytesIO(b64decode(answered(**changed)["png"])))


@pytest.mark.parametrize(
    ("kind", "preview", "size"),
    [
        ("poster", True, (PREVIEW_WIDTH, 750)),
        ("background", True, (PREVIEW_WIDTH, 281)),
        ("background", False, WIDE_SIZE),
    ],
)
def test_an_overlay_has_the_size_of_its_kind_and_a_preview_is_small(kind, preview, size):
    image = drawn(overlay_type=kind, preview=preview, border_enabled=False)
    assert (image.format, image.mode, image.size) == ("PNG", "RGBA", size)


def test_a_preview_has_its_border_to_scale_and_in_its_color():
    image = drawn(border_color=" red ")
    assert image.getpixel((BORDER_THERE - 2, 375)) == (255, 0, 0, 255)
    assert image.getpixel((BORDER_THERE + 2, 375))[3] == 0
    assert drawn(border_enabled=False).getpixel((0, 375))[3] == 0


def test_the_text_area_of_the_settings_is_shown_on_previews_only():
    sections = {"PosterOverlayPart": {"MaxWidth": "1000", "MaxHeight": "400", "text_offset": "+600"}}
    inquiry = make_inquiry(sections=sections, **{**PLAIN, "border_enabled": False, "show_text_area": True})
    marked = Image.open(BytesIO(b64decode(respond("draw-overlay", inquiry)["png"])))
    left, top, right, bottom = marked.getchannel("A").getbbox()
    assert (left, right - 1) == (125, 375) and (top, bottom - 1) == (500, 600)
    assert drawn(border_enabled=False).getchannel("A").getbbox() is None


@pytest.mark.parametrize("name", COLORS)
@pytest.mark.parametrize("color", ["reddish", "", None, 5])
def test_a_color_that_is_none_is_a_problem_and_no_picture(name, color):
    found = answered(**{name: color})
    assert list(found) == ["problem"] and found["problem"]


@pytest.mark.parametrize("kind", ["film", "", None])
def test_a_kind_that_there_is_not_is_refused_with_those_there_are(kind):
    with pytest.raises(BadInquiry, match="poster, background"):
        answered(overlay_type=kind)


@pytest.mark.parametrize("text", ["[", "[]", "null", '"x"', "5", "[" * 100_000])
def test_particulars_that_are_no_object_are_refused(text):
    with pytest.raises(BadInquiry, match="no JSON object"):
        read_particulars(text)


def test_without_particulars_there_are_none():
    assert read_particulars("") == read_particulars("{}") == {}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("10", True),
        ("f27caa37-e514-2225-cced-2b53a5fdeef9", True),
        ("", False),
        ("-", False),
        ("..", False),
        ("1/2", False),
        ("1?x=2", False),
        ("1 2", False),
        ("١", False),
    ],
)
def test_only_letters_digits_and_dashes_become_part_of_a_path(text, is_one):
    assert is_key(text) is is_one


@pytest.mark.parametrize(("given", "text"), [(" a ", "a"), (5, ""), (None, ""), (["a"], ""), (True, "")])
def test_a_particular_of_another_type_is_no_text(given, text):
    assert make_inquiry(name=given).text("name") == text


@pytest.mark.parametrize(
    ("info", "kind"),
    [
        ({}, None),
        ({"Version": "10.9.1"}, SourceName.JELLYFIN),
        ({"Version": "4.8.1"}, SourceName.EMBY),
        ({"Version": "4.8.1", "ProductName": "Jellyfin Server"}, SourceName.JELLYFIN),
        ({"Version": "unstable"}, SourceName.EMBY),
        ({"Version": "10.9.1", "ProductName": 5}, SourceName.JELLYFIN),
    ],
)
def test_jellyfin_and_emby_are_distinguished_by_product_and_version(info, kind):
    assert kind_of_info(info) is kind
