"""Logos in place of a title."""

import pytest
from PIL import Image, ImageDraw

from app.poster.drawing.design import Logo, LogoError
from app.poster.drawing.draw import draw
from tests.poster.pictures import close_to, ink_of, make_bytes, make_design, make_picture, opened

WHITE, RED, NAVY = (255, 255, 255), (220, 20, 20), (0, 0, 64)


def make_logo(ink=WHITE, size=(300, 100), margin=40, **options):
    """A logo file: a bar in the middle of a transparent margin."""
    image = Image.new("RGBA", (size[0] + 2 * margin, size[1] + 2 * margin), (*ink, 0))
    ImageDraw.Draw(image).rectangle((margin, margin, margin + size[0] - 1, margin + size[1] - 1), (*ink, 255))
    return Logo(make_bytes(image, "PNG"), **({"width": 300, "height": 120, "offset": 80} | options))


def drawn(logo, color=NAVY):
    return opened(draw(make_picture(color=color), make_design(logo=logo, quality=100)))


@pytest.mark.parametrize(
    ("gravity", "box"),
    [
        ("south", (50, 420, 350, 520)),
        ("north", (50, 400, 350, 500)),
        ("center", (50, 410, 350, 510)),
        ("northwest", (50, 400, 350, 500)),
    ],
)
def test_the_visible_part_fills_the_box_at_its_gravity(gravity, box):
    assert ink_of(drawn(make_logo(gravity=gravity)), NAVY) == pytest.approx(box, abs=1)


def test_a_tall_logo_keeps_its_shape():
    left, top, right, bottom = ink_of(drawn(make_logo(size=(50, 400))), NAVY)
    assert (bottom - top, right - left) == pytest.approx((120, 15), abs=1)


@pytest.mark.parametrize("gray", [(250, 250, 250), (20, 22, 20), (120, 130, 140)])
def test_a_gray_logo_is_painted_in_the_wanted_color(gray):
    assert close_to(drawn(make_logo(gray, color="#ffcc00")).getpixel((200, 470)), (255, 204, 0))
    assert close_to(drawn(make_logo(gray)).getpixel((200, 470)), gray)


def test_a_coloured_logo_keeps_its_colours():
    assert close_to(drawn(make_logo(RED, color="#ffcc00")).getpixel((200, 470)), RED)


def test_half_transparent_parts_show_the_picture():
    image = Image.new("RGBA", (300, 120), (255, 255, 255, 128))
    picture = drawn(Logo(make_bytes(image, "PNG"), 300, 120, 80))
    assert close_to(picture.getpixel((200, 470)), (128, 128, 160))


def test_a_logo_without_transparency_is_drawn_as_it_is():
    assert close_to(
        drawn(Logo(make_bytes(make_picture((100, 40), RED)), 300, 120, 80)).getpixel((200, 470)), RED
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "decoded: it is no picture of a known format",
        ),
        (b"", "the logo cannot be decoded"),
        (make_bytes(Image.new("RGBA", (50, 50)), "PNG"), "the logo is transparent all over"),
        (make_bytes(Image.new("RGBA", (50, 50)), "PNG")[:60], "the logo cannot be decoded"),
    ],
)
def test_what_cannot_be_drawn_is_told_apart_from_a_bad_picture(content, complaint):
    with pytest.raises(LogoError, match=complaint):
        drawn(Logo(content, 300, 120, 80))


def test_a_logo_beyond_the_canvas_is_cut_off():
    picture = drawn(make_logo(width=900, height=900, offset=-300))
    assert picture.size == (400, 600)
