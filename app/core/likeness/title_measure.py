"""What the engine measured of the title of each picture, by the marks of the journal."""

from typing import NamedTuple

from app.core.decisions.states import SIZE, TRUNCATED

LINES, CONTRAST = "lines", "contrast"
MEASURED = (SIZE, LINES, CONTRAST)


class TitleMeasure(NamedTuple):
    """Points, lines and contrast to the ground from 1 to 21, 0 where not known, and whether it is cut."""

    size: int = 0
    lines: int = 0
    contrast: float = 0.0
    is_cut: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether a title was drawn by an engine that did not measure it."""
        return bool(self.size) and not (self.lines and self.contrast)


UNMEASURED_TITLE = TitleMeasure()


def measure_of_marks(marks: str) -> TitleMeasure:
    """The measure of a picture whose marks these are."""
    words = marks.split(",")
    found = {name: number_behind(words, name) for name in MEASURED}
    return TitleMeasure(found[SIZE], found[LINES], found[CONTRAST] / 10, TRUNCATED in words)


def number_behind(words: list[str], name: str) -> int:
    """The number that follows the name in one of the words, 0 where none has it."""
    numbers = (word.removeprefix(name) for word in words if word.startswith(name))
    return next((int(number) for number in numbers if number.isdecimal()), 0)
