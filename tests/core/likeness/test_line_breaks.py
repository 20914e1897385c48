"""A title in as many lines as another one."""

import pytest

from app.core.likeness.line_breaks import broken_title, is_only_broken

CASES = [
    ("The Lord of the Rings", 2, "The Lord\nof the Rings"),
    ("Star Wars: The Last Jedi", 2, "Star Wars:\nThe Last Jedi"),
    ("The Fellowship of the Ring Again", 3, "The Fellowship\nof the Ring\nAgain"),
    ("Alien", 2, ""),
    ("Alien Covenant", 3, ""),
    ("Alien Covenant", 1, ""),
    ("a " * 17, 2, ""),
    ("千と千尋の神隠し", 2, ""),
]


@pytest.mark.parametrize(("title", "lines", "expected"), CASES)
def test_a_title_is_broken_evenly_and_rather_after_a_pause(title, lines, expected):
    found = broken_title(title, lines)
    assert found == expected and (not found or is_only_broken(found, title))


def test_other_words_are_no_line_break():
    assert not is_only_broken("Alien\n3", "Alien")
