"""Arabic letters joined without a shaping engine."""

import pytest

from app.poster.text.fonts import FOLDER, coverage
from app.poster.text.joining import join_arabic, shown_order

ARABIC = coverage(FOLDER / "NotoSansArabic-Bold.ttf")


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("ب", "\ufe8f"),
        ("بب", "\ufe91\ufe90"),
        ("ببب", "\ufe91\ufe92\ufe90"),
        ("ابا", "\ufe8d\ufe91\ufe8e"),
        ("دب", "\ufea9\ufe8f"),
        ("لا", "\ufefb"),
        ("بلا", "\ufe91\ufefc"),
        ("سلام", "\ufeb3\ufefc\ufee1"),
        ("له", "\ufedf\ufeea"),
        ("لم", "\ufedf\ufee2"),
        ("لَا", "\ufefb\u064e"),
        ("پژ", "\ufb58\ufb8b"),
        ("ب ب", "\ufe8f \ufe8f"),
        ("بـ", "\ufe91\u0640"),
        ("بَب", "\ufe91\u064e\ufe90"),
        ("لله", "\ufedf\ufee0\ufeea"),
        ("ریال", "\ufead\ufbfe\ufe8e\ufedd"),
        ("ہے", "\ufba8\ufbaf"),
        ("۱۲ سال", "\u06f1\u06f2 \ufeb3\ufe8e\ufedd"),
    ],
)
def test_letters_take_the_form_of_their_place(text, forms):
    assert join_arabic(text, ARABIC) == forms


def test_a_letter_keeps_its_plain_form_where_the_font_has_no_other():
    assert join_arabic("بب", frozenset(map(ord, "ب"))) == "بب"


def test_lam_and_alef_stay_apart_where_the_font_has_no_ligature():
    assert join_arabic("لا", ARABIC - {0xFEFB, 0xFEFC}) == "\ufedf\ufe8e"


def test_a_run_is_drawn_from_its_end():
    assert shown_order("דה", frozenset()) == "הד"


def test_marks_stay_behind_their_letter():
    assert shown_order("בַג", frozenset()) == "גבַ"


def test_brackets_are_mirrored_and_numbers_keep_their_order():
    assert shown_order("(אב) ١٢", frozenset()) == "١٢ (בא)"
