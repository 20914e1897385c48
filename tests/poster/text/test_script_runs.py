"""Characters, the fonts that have them, and runs in the order of drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.poster.text.fonts import DEFAULT_FONT, FALLBACK_FONTS
from app.poster.text.script_runs import choose_font, choose_fonts, clean, clusters, visual_runs

CHAIN = (DEFAULT_FONT, *FALLBACK_FONTS)
FAMILY, FLAG, NOTHING = "\U0001f469\u200d\U0001f467", "\U0001f1e9\U0001f1ea", "\U0010fffd"


def runs(line, right_to_left=False):
    return [
        (run.text, run.font.stem, run.right_to_left)
        for run in visual_runs(choose_fonts(line, CHAIN), right_to_left)
    ]


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301x", ["e\u0301", "x"]),
        ("को", ["को"]),
        (FAMILY + "!", [FAMILY, "!"]),
        (FLAG + FLAG, [FLAG, FLAG]),
        ("\U0001f44d\U0001f3fd", ["\U0001f44d\U0001f3fd"]),
        ("❤\ufe0f", ["❤\ufe0f"]),
        (" \u0301", [" ", "\u0301"]),
        ("a\u200d b", ["a\u200d", " ", "b"]),
    ],
)
def test_text_is_split_where_a_reader_sees_characters(text, characters):
    assert clusters(text) == characters


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\u2003c", "a b c"),
        ("a\x00b\x1b[0m\ud800", "ab[0m"),
        ("\u202eabc\u202c", "abc"),
        ("e\u0301", "é"),
    ],
)
def test_cleaned_text_holds_no_control_characters(text, result):
    assert clean(text) == result


def test_the_first_font_that_has_a_character_draws_it():
    assert choose_font("A", CHAIN).font == DEFAULT_FONT
    assert choose_font("漢", CHAIN).font.stem == "NotoSansCJK-Bold"
    assert choose_font("게", CHAIN).font.stem == "BlackHanSans-Regular"
    assert choose_font("\U0001f3ac", CHAIN).font.stem == "NotoEmoji-Bold"


def test_a_character_that_no_font_has_is_left_out_and_returned():
    part = choose_font(NOTHING, CHAIN)
    assert (part.text, part.font, part.missing) == ("", None, NOTHING)


def test_a_letter_joined_to_a_mark_of_another_script_is_drawn_apart_from_it():
    parts = choose_fonts("\u1a60\u1950", CHAIN)
    assert [(part.text, part.missing) for part in parts] == [("\u1a60", ""), ("\u1950", "")]
    assert {part.font.stem for part in parts} == {"NotoSansTaiTham-Bold", "NotoSansTaiLe-Regular"}


def test_a_mark_that_no_font_has_is_left_out_and_its_letter_stays():
    part = choose_font("A\U0001e8d0", CHAIN)
    assert (part.text, part.font, part.missing) == ("A", DEFAULT_FONT, "\U0001e8d0")


def test_a_word_is_drawn_with_one_font_where_one_has_all_its_letters():
    fonts = {part.font.stem for part in choose_fonts("Їжак", CHAIN)}
    assert fonts == {"FiraSansExtraCondensed-Bold"}


def test_a_symbol_does_not_change_the_font_of_its_word():
    fonts = [part.font.stem for part in choose_fonts("A★", CHAIN)]
    assert fonts == ["BebasNeue-Bold", "DejaVuSans-Bold"]


def test_runs_of_mixed_text_come_from_left_to_right():
    assert runs("Fauda פאודה 2") == [
        ("Fauda ", "BebasNeue-Bold", False),
        ("2", "BebasNeue-Bold", False),
        (" ", "BebasNeue-Bold", True),
        ("פאודה", "NotoSansHebrew-Bold", True),
    ]


def test_a_right_to_left_title_starts_at_the_right():
    assert [text for text, _, _ in runs("פאודה 2 Fauda", True)] == ["Fauda", " ", "2", " ", "פאודה"]


@given(st.text(max_size=30))
def test_cleaning_and_splitting_lose_nothing_that_can_be_drawn(text):
    cleaned = clean(text)
    assert "".join(clusters(cleaned)) == cleaned
    parts = choose_fonts(cleaned.replace("\n", " "), CHAIN)
    assert sum(len(part.text) + len(part.missing) for part in parts) <= len(cleaned)
    drawn = sum(len(text) for text, _, _ in runs(cleaned.replace("\n", " ")))
    assert drawn == sum(len(part.text) for part in parts)
