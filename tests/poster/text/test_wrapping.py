"""Where lines break."""

import pytest

from app.poster.text.wrapping import Word, broken, fill_lines, words


def lines(text, room, blank=1):
    return fill_lines(words(text, len), room, blank)


@pytest.mark.parametrize(
    ("text", "room", "result"),
    [
        ("one two three", 20, ["one two three"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("one  two", 7, ["one two"]),
        ("", 5, [""]),
        ("Spider-Man", 10, ["Spider-Man"]),
        ("千と千尋の", 2, ["千と", "千尋", "の"]),
        ("あいう。え", 3, ["あい", "う。え"]),
        ("「あい」う", 3, ["「あ", "い」う"]),
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


def test_a_wide_word_is_cut_into_pieces_that_fit():
    pieces = broken(words("an abcdefghij", len), 4, len)
    assert [piece.text for piece in pieces] == ["an", "abcd", "efgh", "ij"]
    assert fill_lines(pieces, 4, 1) == ["an", "abcd", "efgh", "ij"]


def test_a_word_that_fits_is_not_cut():
    word = Word("abc", True, 3)
    assert broken([word], 3, len) == [word]
