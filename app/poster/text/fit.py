"""The largest size at which a text fits its box, and what to do when none does."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import floor

from app.poster.text.block import Block, ink_size
from app.poster.text.breaking import ELLIPSIS, Breaks
from app.poster.text.script_runs import clusters
from app.poster.text.typesetter import REFERENCE_SIZE, Typesetter
from app.poster.text.wrapping import Word, balance_lines, broken, fill_lines, line_text, split_words

# Where the height decides, ImageMagick's own search ends up to two points lower.
_HEIGHT_RESERVE = 2
# Breaking words must gain so much size to be worth it.
_WORTHWHILE_GAIN = 1.25
# How large, in readable sizes, a text with hyphens may become, and below what size words are cut anywhere.
_LARGEST_HYPHENATED = 1.5
_ILLEGIBLE = 0.75


@dataclass(frozen=True)
class Room:
    """A box with the limits of what is set in it, in pixels.

    `stroke` is what shows around the letters on each side. Below the size `readable` words are broken
    rather than the text made smaller; 0 breaks none above the minimum.
    """

    width: int
    height: int
    minimum: int
    maximum: int
    line_spacing: int = 0
    alignment: float = 0.5
    stroke: float = 0.0
    readable: int = 0


@dataclass(frozen=True)
class Fitted:
    """Lines that fit, and whether an ellipsis stands for a part of the text."""

    block: Block
    truncated: bool = False


def fit(setter: Typesetter, room: Room) -> Fitted:
    """The text as large as the room allows, in lines of about the same width.

    Words stay whole where that is readable, else they are hyphenated by the text's language, else cut
    anywhere. What does not fit at the minimum size ends in an ellipsis.
    """
    search = _Search(setter, room)
    whole = search.largest(Breaks.PHRASES, room.maximum)
    size = whole.size if whole else 0
    readable = min(max(room.readable, room.minimum), room.maximum)
    if size < readable:
        hyphenated = search.largest(
            Breaks.SYLLABLES, min(round(readable * _LARGEST_HYPHENATED), room.maximum)
        )
        if hyphenated and hyphenated.size >= size * _WORTHWHILE_GAIN:
            whole, size = hyphenated, hyphenated.size
    if size < readable * _ILLEGIBLE or not whole:
        cut = search.largest(Breaks.CHARACTERS, readable)
        if cut and cut.size >= size * _WORTHWHILE_GAIN:
            whole = cut
    return Fitted(whole) if whole else search.truncated()


class _Search:
    def __init__(self, setter: Typesetter, room: Room) -> None:
        self.setter, self.room = setter, room
        self.measure = lru_cache(maxsize=None)(setter.width)
        self._words: dict[Breaks, list[list[Word]]] = {}

    @cached_property
    def blank(self) -> float:
        return self.measure(" ")

    @cached_property
    def metrics(self) -> int:
        return sum(self.setter.ascent_and_descent())

    def words(self, breaks: Breaks) -> list[list[Word]]:
        """The words of each line of the text, measured at the reference size."""
        if breaks not in self._words:
            lines, language = self.setter.drawable.split("\n"), self.setter.language
            self._words[breaks] = [split_words(line, self.measure, breaks, language) for line in lines]
        return self._words[breaks]

    def largest(self, breaks: Breaks, maximum: int) -> Block | None:
        """The largest size up to the maximum at which the text fits the room, None where none does."""
        size = self.largest_by_metrics(breaks, maximum)
        while size >= self.room.minimum:
            block = self.block(self.lines(breaks, size) or [], size)
            if self.fits(block):
                return block
            size = self.smaller(block)
        return None

    def largest_by_metrics(self, breaks: Breaks, maximum: int) -> int:
        """The largest size within the limits that fits by the fonts' metrics, else the minimum."""
        low, high = self.room.minimum, maximum
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.fits_by_metrics(breaks, middle) else (low, middle - 1)
        by_height = low < maximum and self.count(breaks, low) == self.count(breaks, low + 1)
        return max(low - _HEIGHT_RESERVE, self.room.minimum) if by_height else low

    def fits_by_metrics(self, breaks: Breaks, size: int) -> bool:
        pitch = self.metrics * size / REFERENCE_SIZE + self.room.line_spacing
        return 0 < self.count(breaks, size) * max(1, pitch) <= self.room.height - 2 * self.room.stroke

    def count(self, breaks: Breaks, size: int) -> int:
        """The number of lines at a size, 0 if a word is wider than the room."""
        filled = self.filled(breaks, size)
        return sum(map(len, filled)) if filled else 0

    def filled(self, breaks: Breaks, size: int) -> list[list[list[Word]]] | None:
        """The lines of each paragraph at a size, None if a word is wider than the room."""
        reach = self.reach(size)
        paragraphs = self.words(breaks)
        if breaks is Breaks.CHARACTERS:
            paragraphs = [broken(parts, reach, self.measure) for parts in paragraphs]
        filled = [fill_lines(parts, reach, self.blank) for parts in paragraphs]
        return None if None in filled else filled

    def lines(self, breaks: Breaks, size: int) -> list[str] | None:
        """The lines at a size, as even as their number allows; None if a word is wider than the room."""
        filled = self.filled(breaks, size)
        if filled is None:
            return None
        reach = self.reach(size)
        balanced = [line for lines in filled for line in balance_lines(lines, reach, self.blank)]
        return [line_text(line) for line in balanced]

    def reach(self, size: int) -> float:
        """The room's width as it would be at the size that the words were measured at."""
        return max(0, self.room.width - 2 * self.room.stroke) * REFERENCE_SIZE / size

    def block(self, lines: list[str], size: int) -> Block:
        pitch = sum(self.setter.ascent_and_descent(size)) + self.room.line_spacing
        return Block(tuple(lines), size, max(1, pitch), self.room.alignment, self.room.stroke)

    def fits(self, block: Block) -> bool:
        width, height = ink_size(self.setter, block)
        return bool(block.lines) and width <= self.room.width and height <= self.room.height

    def smaller(self, block: Block) -> int:
        width, height = ink_size(self.setter, block)
        ratio = min(self.room.width / max(width, 1), self.room.height / max(height, 1), 1)
        return min(block.size - 1, max(floor(block.size * ratio), self.room.minimum))

    def truncated(self) -> Fitted:
        """The lines that fit at the minimum size, the last of them with an ellipsis."""
        size = self.room.minimum
        filled = self.filled(Breaks.PHRASES, size) or self.filled(Breaks.CHARACTERS, size) or []
        lines = [line_text(line) for lines in filled for line in lines] or [""]
        count = min(len(lines), 2 + self.room.height // self.block([], size).pitch)
        for kept in range(count, 1, -1):
            block = self.block([*lines[: kept - 1], self.shortened(" ".join(lines[kept - 1 :]), size)], size)
            if self.fits(block):
                return Fitted(block, truncated=True)
        return Fitted(self.block([self.shortened(" ".join(lines), size)], size), truncated=True)

    def shortened(self, text: str, size: int) -> str:
        """As much of the text's start as fits a line together with an ellipsis."""
        letters, room = clusters(text), self.room.width - 2 * self.room.stroke
        low, high = 0, len(letters)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.setter.width(_ended(letters[:middle]), size) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return _ended(letters[:low])


def _ended(letters: list[str]) -> str:
    return "".join(letters).rstrip(" \n,.:;-–—") + ELLIPSIS
