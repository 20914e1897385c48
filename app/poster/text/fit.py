"""The largest size at which a text fits its box, and what to do when none does."""

from dataclasses import dataclass
from math import floor

from app.poster.text.block import Block, ink_size
from app.poster.text.script_runs import clusters
from app.poster.text.typesetter import REFERENCE_SIZE, Typesetter
from app.poster.text.wrapping import Word, broken, fill_lines, words

ELLIPSIS = "…"
# Where the height decides, ImageMagick's own search ends up to two points lower.
_HEIGHT_RESERVE = 2


@dataclass(frozen=True)
class Room:
    """A box with the limits of what is set in it; `stroke` is what shows around the letters on each side."""

    width: int
    height: int
    minimum: int
    maximum: int
    line_spacing: int = 0
    alignment: float = 0.5
    stroke: float = 0.0


@dataclass(frozen=True)
class Fitted:
    """Lines that fit, and whether an ellipsis stands for a part of the text."""

    block: Block
    truncated: bool = False


def fit(setter: Typesetter, room: Room) -> Fitted:
    """Set the text as large as the room allows; at the minimum size break words, then cut the text."""
    return _Search(setter, room).best()


class _Search:
    def __init__(self, setter: Typesetter, room: Room) -> None:
        self.setter, self.room = setter, room
        self.paragraphs = [words(line, setter.width) for line in setter.text.split("\n")]
        self.blank = setter.width(" ")
        self.metrics = sum(setter.ascent_and_descent())

    def best(self) -> Fitted:
        size = self.largest()
        while size >= self.room.minimum:
            block = self.block(self.wrapped(size) or [], size)
            if self.fits(block):
                return Fitted(block)
            size = self.smaller(block)
        return self.squeezed()

    def largest(self) -> int:
        """The largest size within the limits that fits by the fonts' metrics, else the minimum."""
        low, high = self.room.minimum, self.room.maximum
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.fits_by_metrics(middle) else (low, middle - 1)
        by_height = low < self.room.maximum and self.count(low) == self.count(low + 1)
        return max(low - _HEIGHT_RESERVE, self.room.minimum) if by_height else low

    def fits_by_metrics(self, size: int) -> bool:
        pitch = self.metrics * size / REFERENCE_SIZE + self.room.line_spacing
        return 0 < self.count(size) * max(1, pitch) <= self.room.height - 2 * self.room.stroke

    def count(self, size: int) -> int:
        """The number of lines at a size, 0 if a word is wider than the room."""
        return len(self.wrapped(size) or ())

    def wrapped(self, size: int) -> list[str] | None:
        """The lines at a size, None if a word is wider than the room."""
        return self.filled(self.paragraphs, size)

    def filled(self, paragraphs: list[list[Word]], size: int) -> list[str] | None:
        filled = [fill_lines(parts, self.reach(size), self.blank) for parts in paragraphs]
        return None if None in filled else [line for lines in filled for line in lines]

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

    def squeezed(self) -> Fitted:
        """The text at the minimum size: with broken words, else the lines that fit and an ellipsis."""
        size = self.room.minimum
        reach = self.reach(size)
        pieces = [broken(parts, reach, self.setter.width) for parts in self.paragraphs]
        lines = self.filled(pieces, size) or [""]
        count = min(len(lines), 2 + self.room.height // self.block([], size).pitch)
        if count == len(lines) and self.fits(whole := self.block(lines, size)):
            return Fitted(whole)
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
