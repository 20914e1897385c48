"""Lines set below each other."""

import pytest
from PIL import ImageChops

from app.poster.text.block import Block, draw_ink, ink_size
from app.poster.text.fonts import TextLayout
from app.poster.text.typesetter import Typesetter


def make_setter(text="HI"):
    return Typesetter(text, None, False, TextLayout.BASIC)


def make_block(*lines, size=60, pitch=72, alignment=0.5, stroke=0.0):
    return Block(lines, size, pitch, alignment, stroke)


def test_each_further_line_takes_one_pitch():
    one, three = (draw_ink(make_setter(), make_block(*lines)).size for lines in (("H",), ("H", "H", "H")))
    assert (three[0], three[1] - one[1]) == (one[0], 2 * 72)


def test_an_empty_line_between_takes_its_place():
    two, gap = (draw_ink(make_setter(), make_block(*lines)).size for lines in (("H", "H"), ("H", "", "H")))
    assert gap[1] - two[1] == 72


@pytest.mark.parametrize(("alignment", "left"), [(0.0, 0), (1.0, None)])
def test_short_lines_are_aligned_with_long_ones(alignment, left):
    letters = draw_ink(make_setter(), make_block("HHHHHH", "H", alignment=alignment)).letters
    lower = letters.crop((0, letters.height - 30, *letters.size)).getbbox()
    assert lower[0] == left if left == 0 else lower[2] == letters.width


def test_a_short_line_in_the_middle_has_the_same_room_on_both_sides():
    letters = draw_ink(make_setter(), make_block("HHHHHH", "H")).letters
    lower = letters.crop((0, letters.height - 30, *letters.size)).getbbox()
    assert abs(lower[0] - (letters.width - lower[2])) <= 1


@pytest.mark.parametrize("stroke", [0.5, 3, 10])
def test_the_outline_widens_the_ink_on_each_side(stroke):
    plain = draw_ink(make_setter(), make_block("HI")).size
    outlined = draw_ink(make_setter(), make_block("HI", stroke=stroke))
    assert outlined.size[0] - plain[0] == pytest.approx(2 * stroke, abs=1.5)
    assert outlined.letters.size == outlined.outline.size


def test_the_outline_lies_below_every_part_of_the_letters():
    ink = draw_ink(make_setter(), make_block("HI", "GO", stroke=4))
    assert ImageChops.subtract(ink.letters, ink.outline).getextrema()[1] == 0


def test_without_a_stroke_there_is_no_outline():
    assert draw_ink(make_setter(), make_block("HI")).outline is None


@pytest.mark.parametrize("text", ["HI", "Ågjy", "Ấ", "fWAVE", "פאודה", "سلام", "漢字", "🎬"])
@pytest.mark.parametrize("stroke", [0, 5])
def test_the_promised_size_is_never_too_small(text, stroke):
    setter, block = make_setter(text), make_block(text, text, stroke=stroke)
    promised, real = ink_size(setter, block), draw_ink(setter, block).size
    assert real[0] <= promised[0] and real[1] <= promised[1]
    assert real[0] >= promised[0] - 20 and real[1] >= promised[1] - 20
