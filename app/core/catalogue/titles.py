"""Titles as they are searched and sorted: without accents, capitals and leading articles."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from app.core.assets.item_folders import title_and_year
from app.core.assets.naming import OTHER, PLURALS
from app.core.exports.sheets import LONGEST_SORT_KEY, SEPARATOR, searchable

# Characters that Unicode does not part into a base character and an accent.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
ARTICLE = re.compile(r"\A(?:the|an|a) +(?=[^ ])")
NUMBER = re.compile(r"[0-9]+")
DIGITS = 5
RANKS = {kind: str(place) for place, kind in enumerate((*PLURALS.values(), OTHER))}
# Titles that begin with a digit or a sign, and titles in a script of thousands of characters.
NO_LETTER, MANY_LETTERS = "#", "*"
# Here begin the scripts of China, Japan and Korea.
FIRST_OF_MANY = "\u2e80"


class TitleFacts(NamedTuple):
    """What sorts an item: its title without accents and articles, the initial of the index, the year."""

    sorted: str
    letter: str
    year: int | None


def fold(text: str) -> str:
    """The text without regard to capitals, accents and the ways in which Unicode can encode a character."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", searchable(text))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    # Some signs become capitals only now.
    return searchable(unicodedata.normalize("NFC", plain)).translate(PLAIN)


# The same few names come again for every picture of an item.
folded = lru_cache(maxsize=4096)(fold)


@lru_cache(maxsize=4096)
def title_facts(item: str) -> TitleFacts:
    """The facts of a film or show by the name of its folder, such as "The Matrix (1999) [tmdb-603]"."""
    named = title_and_year(item)
    title = sorted_title(folded(named["title"]))
    return TitleFacts(title, letter_of(title), int(named["year"]) if named["year"] else None)


def sorted_title(title: str) -> str:
    """Without leading signs and articles, unless it holds signs only."""
    start = next((place for place, letter in enumerate(title) if letter.isalnum()), 0)
    return ARTICLE.sub("", title[start:], count=1)


def letter_of(title: str) -> str:
    first = title[:1]
    if not first.isalpha():
        return NO_LETTER
    return MANY_LETTERS if first >= FIRST_OF_MANY else first.upper()[:1]


def by_letter(letter: str) -> tuple[int, str]:
    """(rank, initial): sorts initials as `sort_key` sorts their titles."""
    return {NO_LETTER: 0, MANY_LETTERS: 2}.get(letter, 1), letter.lower()


def title_sort_key(item: str, kind: str, library: str, stem: str) -> str:
    """By title and year, then by kind and number within the item."""
    facts = title_facts(item)
    number = NUMBER.sub(lambda found: found[0].zfill(DIGITS), folded(stem))
    rank, _ = by_letter(facts.letter)
    parts = f"{rank}{facts.sorted}", str(facts.year or ""), folded(library), RANKS[kind] + number
    return SEPARATOR.join(parts)[:LONGEST_SORT_KEY]
