"""Measuring, and the notes about the characters of a text."""

import pytest
from PIL import Image, features

from app.poster.text.block import Block, draw_ink
from app.poster.text.fonts import DEFAULT_FONT, FOLDER, THIN_FONTS, TextLayout, load_font
from app.poster.text.typesetter import Typesetter

needs_shaping = pytest.mark.skipif(not features.check("raqm"), reason="no shaping engine on this machine")
ARABIC = FOLDER / "NotoSansArabic-Bold.ttf"


def make_setter(text, font=None, right_to_left=False, layout=TextLayout.BASIC):
    return Typesetter(text, font, right_to_left, layout)


def ink(text, **options):
    """The trimmed mask of a text at 100 px."""
    return draw_ink(make_setter(text, **options), Block((text,), 100, 120, 0.5)).letters


def difference(one, other):
    """The share of ink that differs between two masks of about the same size."""
    size = (max(one.width, other.width), max(one.height, other.height))
    grown = [Image.new("L", size) for _ in range(2)]
    for canvas, mask in zip(grown, (one, other), strict=True):
        canvas.paste(mask)
    pairs = zip(grown[0].tobytes(), grown[1].tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / max(1, sum(grown[0].tobytes()))


def test_a_text_in_its_own_font_has_no_notes():
    setter = make_setter("THE HOBBIT\nAND BACK")
    assert setter.notes() == [] and setter.fonts == (DEFAULT_FONT,)


def test_a_missing_glyph_is_noted_with_the_font_that_draws_it():
    assert make_setter("8½", FOLDER / "BlackHanSans-Regular.ttf").notes() == [
        "glyph U+00BD is missing in BlackHanSans-Regular, drawn with BebasNeue-Bold"
    ]


def test_many_missing_glyphs_are_noted_once_and_counted():
    (note,) = make_setter("αβγδεζηθικα").notes()
    assert note.startswith("glyphs U+03B1, U+03B2, ") and " and 2 more are missing in BebasNeue-Bold" in note


def test_a_glyph_that_no_font_has_is_left_out_and_noted():
    setter = make_setter("A\U0010fffdB")
    assert setter.drawable == "AB"
    assert setter.notes() == ["glyph U+10FFFD is in none of the fonts, left out"]
    assert setter.width("A\U0010fffdB") == pytest.approx(setter.width("A") + setter.width("B"), abs=2)


def test_lines_are_as_high_as_the_tallest_font_in_use():
    assert sum(make_setter("A漢").ascent_and_descent()) >= sum(make_setter("A").ascent_and_descent())


def test_a_line_is_as_wide_as_its_runs():
    setter = make_setter("AB漢字")
    assert setter.width("AB漢字", 100) == setter.width("AB", 100) + setter.width("漢字", 100)


def test_thin_fonts_are_drawn_bolder():
    thin = FOLDER / "NotoSansYi-Regular.ttf"
    plain = load_font(thin, 100, TextLayout.BASIC).getmask("ꆈ").getbbox()
    assert ink("ꆈ").height == plain[3] - plain[1] + 2 * round(100 * THIN_FONTS[thin])


def test_hebrew_is_drawn_from_the_right():
    whole, first = ink("אל", right_to_left=True), ink("א", right_to_left=True)
    right = whole.crop((whole.width - first.width, whole.height - first.height, *whole.size))
    assert difference(first, right) < 0.05


def test_a_latin_word_in_a_hebrew_title_reads_from_the_left():
    setter = make_setter("פאודה AB", right_to_left=True)
    assert [run.text for run in setter.runs("פאודה AB")][0] == "AB"


@needs_shaping
@pytest.mark.parametrize(
    "text", ["فوضى", "سلام", "شهرزاد", "פאודה", "כאן (11)", "لا إله", "علاء الدين", "عدد ١٢"]
)
def test_plain_layout_draws_right_to_left_text_as_the_shaping_engine_does(text):
    shaped, plain = (
        ink(text, right_to_left=True, layout=layout) for layout in (TextLayout.RAQM, TextLayout.BASIC)
    )
    assert difference(shaped, plain) < 0.2
    backwards = ink(text[::-1], right_to_left=True)
    assert difference(shaped, backwards) > 0.4


def test_joined_letters_are_narrower_than_letters_that_stand_alone():
    joined = make_setter("ببب", ARABIC, True)
    assert joined.width("ببب", 100) < 0.75 * 3 * joined.width("ب", 100)


def test_scripts_that_need_shaping_say_so_where_it_is_missing():
    assert make_setter("सेक्रेड").notes()[-1] == (
        "Devanagari letters are drawn side by side, not joined: install the library FriBiDi (libfribidi0)"
    )
    assert not any("joined" in note for note in make_setter("सेक्रेड", layout=TextLayout.RAQM).notes())


def test_invisible_characters_leave_no_box():
    assert ink("A\u200bB\ufe0f\u200d").tobytes() == ink("AB").tobytes()


def test_an_empty_line_has_no_ink():
    assert make_setter("A").ink(" ", 50) is None
    assert draw_ink(make_setter("A"), Block((" ", ""), 50, 60, 0.5)) is None
