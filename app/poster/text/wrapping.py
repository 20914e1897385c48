"""Words of a line, and the filling of lines with them: as many as needed, then as even as possible."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf

from app.poster.text.breaking import HYPHEN, Breaks, is_closing, pieces
from app.poster.text.script_runs import NO_BREAK_SPACE, clusters

# How much of the room's width a hyphen may cost: lines are more uneven rather than end in one.
_COST_OF_HYPHEN = 0.3
# More lines than a box has for a readable text stay as they are filled, which is quicker.
_MOST_LINES = 12

Measure = Callable[[str], float]


@dataclass(frozen=True)
class Word:
    """What stays together in one line, with its width.

    `after_blank` says that a blank stands before it where the line goes on; `hyphen` is the width of the
    hyphen that is added where the line ends after it, 0 for none.
    """

    text: str
    after_blank: bool
    width: float
    hyphen: float = 0.0


def split_words(
    line: str, measure: Measure, breaks: Breaks = Breaks.PHRASES, language: str = ""
) -> list[Word]:
    """Split at blanks, which no-break spaces are not, and within words as far as `breaks` allows."""
    groups = [group for group in line.split(" ") if group]
    return [
        Word(text, index == 0 and number > 0, measure(text), measure(HYPHEN) if hyphen else 0.0)
        for number, group in enumerate(_with_closing(groups))
        for index, (text, hyphen) in enumerate(pieces(group, breaks, language))
    ]


def fill_lines(parts: Sequence[Word], room: float, blank: float) -> list[list[Word]] | None:
    """Fill each line as far as it goes; None if a word is wider than the room."""
    lines: list[list[Word]] = [[]]
    used = 0.0
    for word in parts:
        if word.width + word.hyphen > room:
            return None
        added = word.width + (blank if word.after_blank else 0)
        if lines[-1] and used + added + word.hyphen > room:
            lines.append([])
        used = used + added if lines[-1] else word.width
        lines[-1].append(word)
    return lines


def balance_lines(lines: list[list[Word]], room: float, blank: float) -> list[list[Word]]:
    """The same words in as many lines, with the least sum of squares of what the lines leave free."""
    if not 1 < len(lines) <= _MOST_LINES:
        return lines
    parts = [word for line in lines for word in line]
    # best[end] is the cost of the lines so far up to a word, and where each of them began.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in lines:
        best = _with_one_more_line(best, parts, room, blank)
    _, starts = best[len(parts)]
    return [parts[start:end] for start, end in zip(starts, (*starts[1:], len(parts)), strict=True)]


def line_text(line: Sequence[Word]) -> str:
    """The line as it is drawn; the hyphen of its last word is written."""
    text = "".join(f" {word.text}" if word.after_blank else word.text for word in line).strip(" ")
    return text + HYPHEN if line and line[-1].hyphen else text


def broken(parts: Iterable[Word], room: float, measure: Measure) -> list[Word]:
    """The words, of which those wider than the room are cut into pieces that are not."""
    return [piece for word in parts for piece in _cut(word, room, measure)]


def _cut(word: Word, room: float, measure: Measure) -> list[Word]:
    if word.width + word.hyphen <= room:
        return [word]
    hyphen = measure(HYPHEN) if any(map(_has_case, word.text)) and measure(HYPHEN) * 4 < room else 0.0
    letters = [Word(letter, False, min(measure(letter), room - hyphen)) for letter in clusters(word.text)]
    texts = map(line_text, balance_lines(fill_lines(letters, room - hyphen, 0) or [], room, 0))
    cut = [
        Word(
            text,
            word.after_blank and not index,
            min(measure(text), room - hyphen),
            _hyphen_after(text, hyphen),
        )
        for index, text in enumerate(texts)
    ]
    return [*cut[:-1], replace(cut[-1], hyphen=word.hyphen)]


def _hyphen_after(text: str, hyphen: float) -> float:
    """A hyphen shows that a word goes on, in scripts that have capitals and thereby hyphens."""
    return hyphen if _has_case(text[-1:]) else 0.0


def _has_case(character: str) -> bool:
    return character.lower() != character.upper()


def _with_closing(groups: list[str]) -> list[str]:
    """The groups, with punctuation that must not begin a line tied to the group before it."""
    tied: list[str] = []
    for group in groups:
        if tied and is_closing(group):
            tied[-1] += f"{NO_BREAK_SPACE}{group}"
        else:
            tied.append(group)
    return tied


def _with_one_more_line(
    best: dict[int, tuple[float, tuple[int, ...]]], parts: list[Word], room: float, blank: float
) -> dict[int, tuple[float, tuple[int, ...]]]:
    longer: dict[int, tuple[float, tuple[int, ...]]] = {}
    for start, (cost, starts) in best.items():
        for end, added in _lines_from(parts, start, room, blank):
            if cost + added < longer.get(end, (inf, ()))[0]:
                longer[end] = (cost + added, (*starts, start))
    return longer


def _lines_from(parts: list[Word], start: int, room: float, blank: float) -> list[tuple[int, float]]:
    """Where a line that begins at a word may end, and the cost of each."""
    found, used = [], 0.0
    for index in range(start, len(parts)):
        word = parts[index]
        used += word.width + (blank if word.after_blank and index > start else 0)
        if used > room:
            break
        if used + word.hyphen <= room:
            penalty = (room * _COST_OF_HYPHEN) ** 2 if word.hyphen else 0
            found.append((index + 1, (room - used - word.hyphen) ** 2 + penalty))
    return found
