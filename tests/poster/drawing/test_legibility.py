"""Measured contrast of a title, and the shade that raises it."""

import io

import pytest
from PIL import Image

from app.poster.drawing.design import Design, Lettering, Shade
from app.poster.drawing.draw import draw
from app.poster.drawing.shading import shade_profile
from tests.poster.contrast import contrast

SIZE = (400, 600)
LEFT = (0, 0, 200, 600)


def picture(color, left=None):
    image = Image.new("RGB", SIZE, color)
    if left:
        image.paste(left, LEFT)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def drawn(source, **more):
    lettering = Lettering("Nosferatu", None, 20, 80, 380, 150, 20, **more.pop("lettering", {}))
    return draw(source, Design(SIZE, letterings=(lettering,), **more)).texts[0]


GROUNDS = {
    "black": ((0, 0, 0), None, 21),
    "white": ((255, 255, 255), None, 1),
    "grey": ((118, 118, 118), None, contrast((255, 255, 255), (118, 118, 118))),
    "a part of it is bright": ((0, 0, 0), (255, 255, 255), 1),
}


@pytest.mark.parametrize(("color", "left", "expected"), GROUNDS.values(), ids=GROUNDS)
def test_the_contrast_of_a_title_is_that_of_the_ground_on_which_it_is_hardest_to_read(color, left, expected):
    assert drawn(picture(color, left)).contrast == pytest.approx(expected, abs=0.15)


def test_an_outline_counts_as_ground_and_nothing_drawn_has_no_contrast():
    outlined = drawn(picture((255, 255, 255)), lettering={"stroke_width": 12})
    assert outlined.contrast > 3
    assert draw(picture((0, 0, 0)), Design(SIZE)).texts == ()


def test_a_shade_raises_the_contrast_and_leaves_the_rest_of_the_picture():
    shaded = draw(picture((255, 255, 255)), Design(SIZE, shade=Shade(60, 430, 580), quality=100))
    image = Image.open(io.BytesIO(shaded.jpeg)).convert("L")
    assert [image.getpixel((200, row)) > 250 for row in (10, 300, 590)] == [True, True, False]
    plain, dark = (drawn(picture((255, 255, 255)), shade=one) for one in (None, Shade(60, 430, 580)))
    assert plain.contrast < 1.2 and dark.contrast > 4


PROFILES = {"at the bottom": (430, 580, 1.0), "in the middle": (200, 300, 0.0)}


@pytest.mark.parametrize(("top", "bottom", "last"), PROFILES.values(), ids=PROFILES)
def test_a_shade_goes_down_to_the_edge_only_where_it_is_near(top, bottom, last):
    profile = shade_profile(Shade(50, top, bottom), 600)
    assert profile[0] == 0 and profile[(top + bottom) // 2] == 1 and profile[-1] == last
    assert max(abs(one - other) for one, other in zip(profile, profile[1:], strict=False)) < 0.03
