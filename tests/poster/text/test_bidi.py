"""The order of mixed text, against examples worked out with Unicode's annex 9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.poster.text.bidi import MIRRORED, embedding_levels, reads_right_to_left, visual_order


def shown(line, right_to_left):
    levels = embedding_levels(line, right_to_left)
    letters = [MIRRORED.get(c, c) if level % 2 else c for c, level in zip(line, levels, strict=True)]
    return "".join(letters[index] for index in visual_order(levels))


@pytest.mark.parametrize(
    ("line", "right_to_left", "visual"),
    [
        ("Dark 2", False, "Dark 2"),
        ("אבג", True, "גבא"),
        ("Fauda אבג 2", False, "Fauda 2 גבא"),
        ("אבג Fauda 2", True, "Fauda 2 גבא"),
        ("אבג (Fauda)", True, "(Fauda) גבא"),
        ("אב (ab) גד", True, "דג (ab) בא"),
        ("Fauda (אבג)", False, "Fauda (גבא)"),
        ("אבג 1-2", True, "1-2 גבא"),
        ("אבג 12.5%", True, "12.5% גבא"),
        ("عدد 1-2", True, "2-1 ددع"),
        ("عدد 1.5", True, "1.5 ددع"),
        ("אבג!", True, "!גבא"),
        ("אבג!", False, "גבא!"),
        ("a אב,גד b", False, "a דג,בא b"),
        ("אב $5 גד", True, "דג $5 בא"),
        ("אב a]b) גד", True, "דג (a]b בא"),
        ("אבג (Fauda) AB", True, "AB (Fauda) גבא"),
    ],
)
def test_a_line_is_shown_in_reading_order(line, right_to_left, visual):
    assert shown(line, right_to_left) == visual


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Dark", False), ("פאודה", True), ("فوضى", True), ("2 פאודה", True), ("24", False), ("", False)],
)
def test_the_first_letter_decides_the_direction(text, answer):
    assert reads_right_to_left(text) is answer


def test_trailing_blanks_stay_at_the_end_of_the_line():
    assert embedding_levels("ab אב  ", False)[-2:] == [0, 0]


@given(st.text(alphabet="ab אבدع١ 12.,-+$%()[]\u05b7\u200f", max_size=20), st.booleans())
def test_no_character_is_lost_or_doubled(line, right_to_left):
    levels = embedding_levels(line, right_to_left)
    assert sorted(visual_order(levels)) == list(range(len(line)))
    assert all(level in (0, 1, 2) for level in levels)


@given(st.text(alphabet="abcdef XYZ", max_size=20))
def test_latin_text_stays_as_it_is(line):
    assert shown(line, False) == line


@given(st.text(alphabet="אבגדהו", max_size=20))
def test_hebrew_letters_are_simply_reversed(line):
    assert shown(line, True) == line[::-1]
