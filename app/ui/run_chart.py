"""The chart of images and time of the runs on a page, as figures that a template draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models import ENDED, Run

STEP, GAP = 10, 2
HEIGHT = 100
# So that the bars of a few runs are no walls.
FEWEST = 15


@dataclass(frozen=True)
class RunBars:
    """Two bars of one run: `images` and `time` are heights from 0 to 100."""

    run: Run
    seconds: int
    left: int
    images: int
    time: int


@dataclass(frozen=True)
class RunChart:
    """The bars of ended runs, the oldest first; `images` and `seconds` are (least, most)."""

    bars: list[RunBars]
    images: tuple[int, int]
    seconds: tuple[int, int]

    @property
    def width(self) -> int:
        return STEP * max(len(self.bars), FEWEST) - GAP


def run_chart(runs: Sequence[Run]) -> RunChart | None:
    """The chart of the runs among these that have ended, None where fewer than two have."""
    ended = [run for run in reversed(runs) if run.status in ENDED]
    if len(ended) < 2:
        return None
    images = [run.total_images for run in ended]
    seconds = [seconds_of(run) for run in ended]
    bars = [
        RunBars(run, lasted, place * STEP, height(run.total_images, images), height(lasted, seconds))
        for place, (run, lasted) in enumerate(zip(ended, seconds, strict=True))
    ]
    return RunChart(bars, (min(images), max(images)), (min(seconds), max(seconds)))


def height(value: int, values: Sequence[int]) -> int:
    """The share of the largest value in percent; what is not zero is seen."""
    return max(2, round(HEIGHT * value / max(values))) if value > 0 else 0


def seconds_of(run: Run) -> int:
    """How long a run took by its own report, else by our clock; 0 before it has ended."""
    if run.runtime_seconds or not (run.started_at and run.ended_at):
        return run.runtime_seconds
    return max(0, round((run.ended_at - run.started_at).total_seconds()))
