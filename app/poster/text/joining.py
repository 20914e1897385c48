"""Right-to-left text for machines without a shaping engine: joined Arabic, the last character first.

The forms of Arabic letters come from arabic-reshaper. The order of mixed text stays with `bidi`, because
python-bidi returns no levels that runs of several fonts could be made of, its compiled `get_display` mirrors
no brackets, and its Python one does not pair them (rule N0 of Unicode's annex 9).
"""

import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from app.poster.text.bidi import MIRRORED

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

_LAM_WITH_ALEF = "\ufefb\ufefc"


def shown_order(text: str, covered: frozenset[int]) -> str:
    """A right-to-left run as it is drawn from left to right, with glyphs that `covered` has."""
    return "".join(reversed(_clusters(join_arabic(text, covered))))


def join_arabic(text: str, covered: frozenset[int]) -> str:
    """Arabic characters in their isolated, initial, medial or final form, in reading order.

    The text stays as it is where `covered` lacks one of the forms.
    """
    shaped = _reshaper(all(ord(form) in covered for form in _LAM_WITH_ALEF)).reshape(text)
    added = set(shaped) - set(text)
    return shaped if all(ord(form) in covered for form in added) else text


@lru_cache(maxsize=2)
def _reshaper(ligatures: bool) -> "ArabicReshaper":
    from arabic_reshaper import ArabicReshaper  # only needed where the shaping engine is missing

    # The font may lack the ligature for God's name, whose parts are drawn as well.
    options = {"delete_harakat": False, "support_ligatures": ligatures, "ARABIC LIGATURE ALLAH": False}
    return ArabicReshaper(configuration=options)


def _letters(text: str) -> list[str]:
    """Split into characters with the marks that follow them."""
    letters: list[str] = []
    for character in text:
        if letters and unicodedata.category(character) == "Mn":
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _clusters(text: str) -> list[str]:
    """Split into mirrored characters, each with its marks; digits and other forward text stay together."""
    pieces: list[str] = []
    for forward, group in groupby(_letters(text), _is_number):
        letters = list(group)
        pieces += ["".join(letters)] if forward else letters
    return [MIRRORED.get(piece[0], piece[0]) + piece[1:] for piece in pieces]


def _is_number(letter: str) -> bool:
    return unicodedata.bidirectional(letter[0]) in ("EN", "AN")
