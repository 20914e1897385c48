"""Where a line may break, and the greedy filling of lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from app.poster.text.script_runs import clusters

_IDEOGRAPHS = (
    range(0x2E80, 0x3000),
    range(0x3001, 0x3030),
    range(0x3031, 0xA4D0),
    range(0xF900, 0xFB00),
    range(0xFF00, 0xFF66),
    range(0x1B000, 0x1B170),
    range(0x20000, 0x323B0),
)
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー〜～）］｝〉》」』】〕々〻…‥,.:;?!)]}”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_NEVER_LAST = frozenset("（［｛〈《「『【〔([{“‘")

Measure = Callable[[str], float]


@dataclass(frozen=True)
class Word:
    """The least that stays together, and whether a blank parts it from the word before on the same line."""

    text: str
    after_blank: bool
    width: float


def words(line: str, measure: Measure) -> list[Word]:
    """Split at blanks, and between ideographs, which are written without any."""
    return [
        Word(piece, index == 0 and number > 0, measure(piece))
        for number, group in enumerate(line.split())
        for index, piece in enumerate(_pieces(group))
    ]


def fill_lines(parts: Iterable[Word], room: float, blank: float) -> list[str] | None:
    """Fill each line as far as it goes; None if a word is wider than the room."""
    lines, used = [""], 0.0
    for word in parts:
        if word.width > room:
            return None
        glue = " " if word.after_blank and lines[-1] else ""
        added = word.width + (blank if glue else 0)
        if lines[-1] and used + added > room:
            lines.append("")
            glue, used, added = "", 0.0, word.width
        lines[-1] += glue + word.text
        used += added
    return lines


def broken(parts: Iterable[Word], room: float, measure: Measure) -> list[Word]:
    """Cut words that are wider than the room into pieces that are not."""
    return [piece for word in parts for piece in _cut(word, room, measure)]


def _cut(word: Word, room: float, measure: Measure) -> list[Word]:
    if word.width <= room:
        return [word]
    letters = [Word(letter, False, min(measure(letter), room)) for letter in clusters(word.text)]
    pieces = enumerate(fill_lines(letters, room, 0) or [])
    return [Word(text, word.after_blank and not index, min(measure(text), room)) for index, text in pieces]


def _pieces(group: str) -> list[str]:
    letters = clusters(group)
    pieces = letters[:1]
    for before, letter in pairwise(letters):
        if _breaks_between(before, letter):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _breaks_between(before: str, after: str) -> bool:
    if before[-1] in _NEVER_LAST or after[0] in _NEVER_FIRST:
        return False
    return _is_ideograph(before[0]) or _is_ideograph(after[0])


def _is_ideograph(character: str) -> bool:
    return any(ord(character) in block for block in _IDEOGRAPHS)
