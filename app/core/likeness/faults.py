"""Which fault a correction mended, and which pictures share it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.core.likeness.corrections import Correction
from app.core.likeness.title_measure import TitleMeasure

CUT, LINES, SMALL, GROUND = "cut", "lines", "small", "ground"
CODES = (CUT, LINES, SMALL, GROUND)
MANY_LINES = 3
# The share of the usual size below which a title is small.
SMALL_SHARE = 0.75
# Large text needs the first; above the second no ground is called bright.
READABLE, CLEAR = 3.0, 7.0


class TitleFault(NamedTuple):
    """What is wrong with a title: cut off, many lines, small type, or a bright ground.

    `limit` is the size or contrast up to which others share it, and `usual` the median size of the kind.
    """

    code: str
    limit: float = 0.0
    usual: int = 0

    def is_shared(self, measure: TitleMeasure) -> bool:
        """Whether a title of that measure has the fault, too."""
        value = {SMALL: measure.size, GROUND: measure.contrast}.get(self.code)
        if value is not None:
            return 0 < value <= self.limit
        return measure.is_cut if self.code == CUT else measure.lines >= MANY_LINES

    def degree(self, measure: TitleMeasure) -> float:
        """Sorts those that share it, the worst first."""
        return {GROUND: measure.contrast, LINES: -measure.lines}.get(self.code, measure.size)

    def values(self, measure: TitleMeasure) -> dict[str, Any]:
        """What was measured, for a sentence about the picture."""
        known = {
            CUT: {"lines": measure.lines, "size": measure.size},
            LINES: {"lines": measure.lines},
            SMALL: {"size": measure.size, "usual": self.usual},
            GROUND: {"contrast": f"{measure.contrast:.1f}"},
        }
        return known[self.code]


def mended_fault(correction: Correction, before: TitleMeasure, usual: int) -> TitleFault | None:
    """The fault that the title had and that the correction is a remedy for; None where none is measured."""
    found = (fault_of(code, before, usual, bool(correction.shade)) for code in remedied(correction))
    return next(filter(None, found), None)


def remedied(correction: Correction) -> Iterator[str]:
    """What such a correction may be a remedy for, the likeliest first."""
    if correction.shade:
        yield GROUND
    if correction.text or correction.size < 100:
        yield from (CUT, LINES)
    if correction.text or correction.size > 100:
        yield SMALL
    if correction.move:
        yield from (LINES, CUT)
    yield GROUND


def fault_of(code: str, measure: TitleMeasure, usual: int, is_meant: bool) -> TitleFault | None:
    """The fault, where the measure has it; a ground that a person darkened may be less bright than others."""
    limits = {
        CUT: 0.0,
        LINES: 0.0,
        SMALL: usual * SMALL_SHARE,
        GROUND: max(measure.contrast, READABLE) if is_meant else READABLE,
    }
    fault = TitleFault(code, limits[code], usual)
    is_clear = code == GROUND and measure.contrast > CLEAR
    return fault if fault.is_shared(measure) and not is_clear else None
