"""Where a title is broken into lines."""

from collections.abc import Iterator
from itertools import combinations

# More words make too many ways to try, and no title has more lines.
MOST_WORDS, MOST_LINES = 16, 4
# What a line gains by ending where the title makes a pause, in parts of the whole title.
# What it loses by ending with a small word such as "of", which belongs to the next one.
PAUSE, GAIN, SMALL_WORD = (":", "-", "\N{EN DASH}", "\N{EM DASH}", ",", "."), 0.2, 3


def broken_title(title: str, lines: int) -> str:
    """The title in so many lines, as even as possible and rather after a pause; "" where it cannot be."""
    words = title.split()
    if not 1 < lines <= min(len(words), MOST_LINES) or len(words) > MOST_WORDS:
        return ""
    ways = list(broken_ways(words, lines))
    gain = GAIN * len(" ".join(words))
    return "\n".join(min(ways, key=lambda way: unevenness(way, gain)))


def broken_ways(words: list[str], lines: int) -> Iterator[list[str]]:
    """All ways to set the words in so many lines."""
    for places in combinations(range(1, len(words)), lines - 1):
        ends = (*places, len(words))
        starts = (0, *places)
        yield [" ".join(words[start:end]) for start, end in zip(starts, ends, strict=True)]


def unevenness(way: list[str], gain: float) -> tuple[float, int]:
    """The length of the longest line with what the ends of lines are worth, then how unlike lines are."""
    pauses = sum(line.endswith(PAUSE) for line in way[:-1])
    small = sum(is_small(line.rpartition(" ")[2]) for line in way[:-1])
    return max(map(len, way)) - gain * (pauses - small), sum(len(line) ** 2 for line in way)


def is_small(word: str) -> bool:
    """Whether it is a short word without a capital; of titles in capitals none is."""
    return len(word) <= SMALL_WORD and word.islower()


def is_only_broken(text: str, title: str) -> bool:
    """Whether the text has the words of the title, in other lines."""
    return text.casefold().split() == title.casefold().split()
