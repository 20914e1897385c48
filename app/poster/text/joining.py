"""Right-to-left text for machines without a shaping engine: joined Arabic letters in the order of drawing."""

import unicodedata
from functools import lru_cache
from itertools import groupby

from app.poster.text.bidi import MIRRORED

_JOINER, _TATWEEL = "\u200d", "\u0640"
_FORMS_BLOCKS = (range(0xFB50, 0xFDFC), range(0xFE70, 0xFEFD))
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"

Forms = dict[str, dict[str, str]]


def shown_order(text: str, covered: frozenset[int]) -> str:
    """A right-to-left run as it is drawn from left to right, with glyphs that `covered` has."""
    return "".join(reversed(_clusters(joined(text, covered))))


def joined(text: str, covered: frozenset[int]) -> str:
    """Replace Arabic letters by their isolated, initial, medial or final form, in reading order."""
    letters = _ligated(_letters(text), covered)
    shaped = (_formed(letters, index, covered) for index in range(len(letters)))
    return "".join(shaped)


@lru_cache(maxsize=1)
def presentation_forms() -> Forms:
    """The forms of each letter, and of lam with alef, as Unicode's compatibility table has them."""
    forms: Forms = {}
    for code in (code for block in _FORMS_BLOCKS for code in block):
        position, *letters = unicodedata.decomposition(chr(code)).split() or ("",)
        if position in ("<isolated>", "<initial>", "<medial>", "<final>"):
            base = "".join(chr(int(letter, 16)) for letter in letters)
            forms.setdefault(base, {}).setdefault(position[1:-1], chr(code))
    return forms


def _letters(text: str) -> list[str]:
    """Split into letters with the marks that follow them."""
    letters: list[str] = []
    for character in text:
        if letters and unicodedata.category(character) == "Mn":
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _ligated(letters: list[str], covered: frozenset[int]) -> list[str]:
    """Make one letter of each lam with its alef, the only two that must never stand side by side."""
    merged: list[str] = []
    for letter in letters:
        if (
            merged
            and _base(merged[-1]) == _LAM
            and letter[0] in _ALEFS
            and _drawable(_LAM + letter[0], covered)
        ):
            merged[-1] = _LAM + letter[0] + merged[-1][1:] + letter[1:]
        else:
            merged.append(letter)
    return merged


def _drawable(base: str, covered: frozenset[int]) -> bool:
    forms = presentation_forms().get(base, {})
    return bool(forms) and all(ord(form) in covered for form in forms.values())


def _formed(letters: list[str], index: int, covered: frozenset[int]) -> str:
    letter = letters[index]
    base = _base(letter)
    before = index > 0 and _joins_next(letters[index - 1]) and _joins_previous(letter)
    after = index + 1 < len(letters) and _joins_next(letter) and _joins_previous(letters[index + 1])
    position = {(0, 0): "isolated", (0, 1): "initial", (1, 1): "medial", (1, 0): "final"}[before, after]
    form = presentation_forms().get(base, {}).get(position)
    return form + letter[len(base) :] if form and ord(form) in covered else letter


def _base(letter: str) -> str:
    return letter[:2] if letter[1:2] and letter[1] in _ALEFS else letter[0]


def _joins_next(letter: str) -> bool:
    return letter[0] in (_JOINER, _TATWEEL) or "initial" in presentation_forms().get(_base(letter), {})


def _joins_previous(letter: str) -> bool:
    return letter[0] in (_JOINER, _TATWEEL) or "final" in presentation_forms().get(_base(letter), {})


def _clusters(text: str) -> list[str]:
    """Split into mirrored characters, each with its marks; digits and other forward text stay together."""
    pieces: list[str] = []
    for forward, group in groupby(_letters(text), _is_number):
        letters = list(group)
        pieces += ["".join(letters)] if forward else letters
    return [MIRRORED.get(piece[0], piece[0]) + piece[1:] for piece in pieces]


def _is_number(letter: str) -> bool:
    return unicodedata.bidirectional(letter[0]) in ("EN", "AN")
