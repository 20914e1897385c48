"""An overlay has what its numbers ask for, in every size, and the same each time."""

from dataclasses import replace

import pytest

from app.poster.drawing.overlay_creator import OverlayPlan, draw_overlay, mark_area

POSTER = OverlayPlan((400, 600), 2000)
RED, BLUE = (255, 0, 0), (0, 0, 255)
EVERYTHING = {
    **{"border": 40, "border_color": RED, "corner_radius": 300, "matte": 0.1, "fade": 0.2},
    **{"shade_color": BLUE, "glow": 0.5, "vignette": 0.5, "grain": 0.3, "grain_size": 3.0},
}


def drawn(**parts):
    return draw_overlay(replace(POSTER, **parts))


def alpha(image, *place):
    return image.getpixel(place)[3]


def test_nothing_asked_for_is_nothing_drawn():
    assert drawn().getextrema()[3] == (0, 0)


def test_a_border_has_its_width_its_colour_and_round_inner_corners():
    square = drawn(border=50, border_color=RED)
    assert square.getpixel((9, 300)) == (*RED, 255) and alpha(square, 10, 300) == 0
    assert alpha(square, 12, 12) == 0
    rounded = drawn(border=50, border_color=RED, corner_radius=400)
    assert alpha(rounded, 12, 12) == 255 and alpha(rounded, 200, 12) == 0
    partly = {alpha(rounded, x, x) for x in range(10, 60)}
    assert any(0 < value < 255 for value in partly), "the corner is smooth"


def test_a_matte_is_opaque_and_fades_upwards_without_a_step():
    shaded = drawn(matte=0.1, fade=0.2, shade_color=BLUE)
    column = [alpha(shaded, 200, y) for y in range(600)]
    assert set(column[:418]) == {0} and set(column[541:]) == {255}
    assert column[420:540] == sorted(column[420:540])
    assert max(b - a for a, b in zip(column, column[1:], strict=False)) < 6
    assert drawn(matte=0.5, shade_color=BLUE).getpixel((3, 599)) == (*BLUE, 255)
    assert drawn(matte=1.0, fade=1.0).getextrema()[3] == (255, 255)


def test_a_glow_is_strongest_at_the_edge_and_a_vignette_in_the_corners():
    glowing = drawn(glow=0.8)
    glow = [alpha(glowing, x, 300) for x in range(200)]
    assert glow == sorted(glow, reverse=True) and glow[0] > 180 and glow[-1] == 0
    vignette = drawn(vignette=0.8)
    assert alpha(vignette, 0, 0) == 204 and alpha(vignette, 200, 300) == 0
    assert 0 < alpha(vignette, 0, 300) < 204


def test_grain_is_everywhere_and_coarser_grain_has_fewer_changes():
    def changes(size):
        grained = drawn(grain=1.0, grain_size=size)
        row = [grained.getpixel((x, 50))[0] for x in range(400)]
        return sum(a != b for a, b in zip(row, row[1:], strict=False))

    assert changes(5.0) > 2 * changes(20.0) > 0
    assert drawn(grain=0.2).getextrema()[3][1] <= 26 < drawn(grain=1.0).getextrema()[3][1]


def test_the_same_numbers_are_the_same_picture_and_a_smaller_one_looks_alike():
    plan = replace(POSTER, **EVERYTHING)
    assert draw_overlay(plan).tobytes() == draw_overlay(plan).tobytes()
    plain = replace(plan, grain=0.0)
    large, small = draw_overlay(plain).resize((50, 75)), draw_overlay(plain.at_width(50))
    assert small.size == (50, 75)
    apart = [
        abs(a - b)
        for a, b in zip(large.getchannel("A").tobytes(), small.getchannel("A").tobytes(), strict=True)
    ]
    assert sum(apart) / len(apart) < 6


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (2, 40)])
def test_no_size_and_no_number_is_too_extreme(size):
    plan = OverlayPlan(
        size, 2000, border=500, corner_radius=1000, glow=1.0, vignette=1.0, grain=1.0, grain_size=20.0
    )
    assert draw_overlay(plan).size == size


def test_an_area_is_marked():
    overlay = drawn()
    mark_area(overlay, (50, 400, 350, 500))
    assert alpha(overlay, 200, 450) > 0 and alpha(overlay, 50, 400) > alpha(overlay, 200, 450)
    assert alpha(overlay, 200, 300) == 0
