"""Lines: where they break, how full and how even they are."""

import pytest

from app.poster.text.breaking import Breaks
from app.poster.text.wrapping import Word, balance_lines, broken, fill_lines, line_text, split_words


def lines(text, room, blank=1, **options):
    filled = fill_lines(split_words(text, len, **options), room, blank)
    return filled and [line_text(line) for line in filled]


def balanced(text, room, **options):
    filled = fill_lines(split_words(text, len, **options), room, 1)
    return [line_text(line) for line in balance_lines(filled, room, 1)]


@pytest.mark.parametrize(
    ("text", "room", "result"),
    [
        ("one two three", 20, ["one two three"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("one  two", 7, ["one two"]),
        ("", 5, [""]),
        ("Spider-Man", 10, ["Spider-Man"]),
        ("千と千尋の神隠し", 5, ["千と千尋の", "神隠し"]),
        ("Qui a peur ?", 10, ["Qui a", "peur\u00a0?"]),
        ("10\u00a0Cloverfield Lane", 16, ["10\u00a0Cloverfield", "Lane"]),
        ("第2話 終", 10, ["第2話 終"]),
        ("오징어 게임", 3, ["오징어", "게임"]),
    ],
)
def test_lines_are_filled_greedily(text, room, result):
    assert lines(text, room) == result


def test_a_word_wider_than_the_room_cannot_be_filled():
    assert lines("a gigantic b", 5) is None


def test_a_blank_takes_its_own_width():
    assert lines("ab cd", 6, blank=3) == ["ab", "cd"]


def test_a_wide_word_is_cut_into_even_pieces_that_fit():
    pieces = broken(split_words("an abcdefghij", len), 5, len)
    assert [line_text(line) for line in fill_lines(pieces, 5, 1)] == ["an", "abc-", "def-", "ghij"]
    digits = broken(split_words("0123456789", len), 5, len)
    assert [line_text(line) for line in fill_lines(digits, 5, 1)] == ["01234", "56789"]


def test_a_word_that_fits_is_not_cut():
    word = Word("abc", True, 3)
    assert broken([word], 3, len) == [word]


@pytest.mark.parametrize(
    ("text", "room", "result"),
    [
        ("the grand budapest hotel", 18, ["the grand", "budapest hotel"]),
        ("one two three four five six", 23, ["one two three", "four five six"]),
        ("one", 10, ["one"]),
        ("a b", 1, ["a", "b"]),
    ],
)
def test_no_word_is_left_alone_where_lines_can_be_even(text, room, result):
    assert len(lines(text, room)) == len(result)
    assert balanced(text, room) == result


def test_a_hyphen_is_written_only_where_a_line_ends_in_it():
    options = {"breaks": Breaks.SYLLABLES, "language": "de"}
    assert lines("Gesellschaft", 12, **options) == ["Gesellschaft"]
    assert lines("Gesellschaft", 10, **options) == ["Gesell-", "schaft"]
    assert lines("Gesellschaft", 6, **options) is None


def test_a_long_text_is_balanced_in_a_moment():
    text = " ".join(["word"] * 2000)
    assert " ".join(balanced(text, 80)) == text
