import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.senders.parts import LONGEST, harmless_text

ANY_TEXT = st.text(st.characters(), max_size=80) | st.text(" -\r\n]:[(\u2013\u2028\x00a", max_size=20)
# As a reader of trigger files splits a line.
LINE = re.compile(r"^\[(.+)\]: (.+)$")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Alien", "Alien"),
        ("two\r\nlines", "two  lines"),
        ("a\x00b\x1bc\x85d\u2028e\u2029f\tg", "a b c d e f g"),
        ("  around  ", "around"),
        ("[REC]: Genesis", "[REC] : Genesis"),
        ("x]:\ny", "x] : y"),
        ("[a]:b", "[a]:b"),
        ("-Force", "Force"),
        (" \n-- \u2013\u2014\u2212\u2015x", "x"),
        ("x-y", "x-y"),
        ("---", ""),
        ("", ""),
        ("\"; $(rm -rf /) `x` 'y' | & %PATH%", "\"; $(rm -rf /) `x` 'y' | & %PATH%"),
        ("half \ud800", "half ?"),
    ],
)
def test_a_value_is_made_harmless_and_stays_readable(value, expected):
    assert harmless_text(value) == expected


def test_a_value_has_an_end():
    assert len(harmless_text("x" * 10**6)) == LONGEST
    assert harmless_text("abc def", 4) == "abc"


@given(ANY_TEXT)
def test_a_harmless_value_is_one_line_that_is_split_in_one_place(value):
    clean = harmless_text(value)
    assert clean == clean.strip() and len(clean.splitlines()) <= 1
    assert not clean.startswith(("-", "\u2013", "\u2014", "\u2015", "\u2212"))
    if clean:
        assert LINE.fullmatch(f"[arr_series_title]: {clean}").groups() == ("arr_series_title", clean)


@given(ANY_TEXT)
def test_what_is_harmless_stays_as_it_is(value):
    assert harmless_text(harmless_text(value)) == harmless_text(value)
