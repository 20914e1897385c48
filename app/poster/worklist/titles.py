"""Titles that identify no episode, or that the settings exclude from cards."""

import re

# Hiragana, Katakana, CJK ideographs with their extensions, and Thai.
UNREADABLE = re.compile(
    "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def is_placeholder(title: str, words: tuple[str, ...]) -> bool:
    """Whether the title is one of the words, or begins with one that a word end follows; case is ignored."""
    plain = title.strip().casefold()
    return any(
        re.match(rf"{re.escape(word.strip().casefold())}(?!\w)", plain) for word in words if word.strip()
    )


def is_unreadable(title: str) -> bool:
    """Whether SkipJapTitle leaves the title out."""
    return bool(UNREADABLE.search(title))
