"""The size of a text in its box, against values measured with ImageMagick."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.poster.text.block import ink_size
from app.poster.text.fit import ELLIPSIS, Room, fit
from app.poster.text.fonts import TextLayout, best_layout
from app.poster.text.typesetter import Typesetter
from tests.poster.pictures import DEJAVU, needs_dejavu

WIDE = Room(1900, 500, 10, 1000)


def make_setter(text, font=None, layout=TextLayout.BASIC):
    return Typesetter(text, font, False, layout)


def fitted(text, room=WIDE, font=None, **overrides):
    return fit(make_setter(text, font), replace(room, **overrides))


@needs_dejavu
@pytest.mark.parametrize("layout", [TextLayout.BASIC, best_layout()])
@pytest.mark.parametrize(
    ("text", "width", "height", "size"),
    [
        ("THE HOBBIT", 1900, 500, 278),
        ("THE HOBBIT IS A GREAT MOVIE", 1900, 500, 212),
        ("THE HOBBIT IS A GREAT MOVIE", 1000, 120, 57),
        ("A", 3640, 280, 237),
    ],
)
def test_the_size_is_imagemagicks_within_two_percent(text, width, height, size, layout):
    found = fit(make_setter(text, DEJAVU, layout), Room(width, height, 10, 1000)).block.size
    assert size * 0.98 <= found <= size * 1.02


@needs_dejavu
def test_less_line_spacing_makes_room_for_larger_letters():
    plain, tight = fitted("A", font=DEJAVU), fitted("A", font=DEJAVU, line_spacing=-50)
    assert (plain.block.size, tight.block.size) == (
        pytest.approx(426, rel=0.02),
        pytest.approx(470, rel=0.02),
    )


@needs_dejavu
def test_a_single_long_word_shrinks():
    assert fitted("W" + "a" * 48, font=DEJAVU).block.size == pytest.approx(51, rel=0.25)
    assert len(fitted("W" + "a" * 48, font=DEJAVU).block.lines) == 1


def test_the_maximum_is_never_passed():
    assert fitted("A", maximum=150).block.size == 150


def test_a_minimum_above_the_maximum_gives_way():
    assert fitted("A", minimum=40, maximum=40).block.size == 40


def test_words_are_wrapped_to_reach_a_larger_size():
    found = fitted("THE GRAND BUDAPEST HOTEL", maximum=300)
    assert len(found.block.lines) == 2 and found.block.size > 200


def test_explicit_breaks_are_kept():
    assert fitted("STAR WARS\nA NEW HOPE").block.lines == ("STAR WARS", "A NEW HOPE")
    assert fitted("A\n\nB").block.lines == ("A", "", "B")


def test_the_outline_takes_its_part_of_the_box():
    assert fitted("THE HOBBIT", stroke=40).block.size < fitted("THE HOBBIT").block.size


def test_text_without_blanks_wraps_between_ideographs():
    block = fitted("千と千尋の神隠し千と千尋の神隠し", width=900, maximum=300).block
    assert len(block.lines) > 1 and "".join(block.lines) == "千と千尋の神隠し千と千尋の神隠し"


def test_a_word_too_long_for_the_minimum_size_is_broken_and_nothing_is_lost():
    found = fitted("A" * 60, width=600, height=400, minimum=60)
    assert found.block.size == 60 and not found.truncated
    assert len(found.block.lines) > 1
    assert "".join(found.block.lines).count("A") == 60 and found.block.lines[0].endswith("A-")


def test_text_too_long_for_the_minimum_size_ends_in_an_ellipsis():
    text = " ".join(["WORD"] * 200)
    found = fitted(text, width=600, height=200, minimum=60)
    assert found.truncated and found.block.size == 60
    assert found.block.lines[-1].endswith(ELLIPSIS) and len(found.block.lines) > 1
    assert text.startswith(" ".join(found.block.lines).removesuffix(ELLIPSIS))


def test_a_box_lower_than_a_line_still_shows_an_ellipsis():
    found = fitted("THE HOBBIT", width=300, height=10, minimum=60)
    assert found.truncated and found.block.lines[0].endswith(ELLIPSIS)


def test_lines_that_fit_by_their_ink_are_not_cut():
    found = fitted("HOBBIT", width=400, height=52, minimum=60)
    assert found.block.lines == ("HOBBIT",) and not found.truncated


def test_a_box_larger_than_needed_in_every_way_changes_nothing():
    assert fitted("DARK", maximum=200, width=5000, height=5000).block == fitted("DARK", maximum=200).block


@given(
    st.text(alphabet="AB gj-é漢אب\n☃", min_size=1, max_size=60).filter(str.strip),
    st.integers(1, 900),
    st.integers(1, 400),
    st.integers(-60, 60),
    st.integers(0, 12),
)
def test_what_is_not_cut_fits_its_box(text, width, height, spacing, stroke):
    setter = make_setter(text.strip())
    found = fit(setter, Room(width, height, 8, 200, spacing, 0.5, stroke))
    assert 8 <= found.block.size <= 200
    ink = ink_size(setter, found.block)
    assert found.truncated or (ink[0] <= width and ink[1] <= height)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abc def", min_size=1, max_size=40).filter(str.strip), st.integers(60, 600))
def test_a_larger_box_never_makes_smaller_letters(text, width):
    small, large = (fitted(text.strip(), width=one, height=200, maximum=300) for one in (width, width * 2))
    assert small.block.size <= large.block.size + 2
