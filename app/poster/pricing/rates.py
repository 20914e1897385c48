"""How long a run takes for each picture, measured by the runs of this machine."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from app.poster.drawing.design import SQUARE_SIZE
from app.poster.drawing.kind_plans import PLANS
from app.poster.kinds import Kind
from app.poster.pricing.stock import StockPicture

RUNS = """
SELECT name, started, ended FROM runs WHERE ended IS NOT NULL AND mode IN ('Normal', 'Scheduled')
ORDER BY started DESC LIMIT 10
"""
DRAWN = """
SELECT path, at, action FROM entries
WHERE run = ? AND state = 'done' AND place IS NULL AND action IN ('create', 'replace') ORDER BY at, number
"""
# So many pictures say how fast this machine is; fewer are spread by chance.
ENOUGH, FEWEST = 1000, 8
# A gap beyond so many times the usual one is a pause: the machine slept, or a provider was waited for.
LONGEST_GAP = 20
# Seconds in which the program starts, before a run's own clock does.
START_SECONDS = 1.0


@dataclass(frozen=True)
class PastRun:
    """A full run: its seconds without drawing, and the seconds between two pictures by kind.

    `redraws` says that it replaced pictures more than it added them.
    """

    idle: float
    gaps: Mapping[Kind, list[float]]
    redraws: bool

    @property
    def pictures(self) -> int:
        return sum(map(len, self.gaps.values()))

    @property
    def per_pixel(self) -> float:
        """Seconds for a pixel: kinds are drawn side by side, so that a gap is no picture's own time."""
        pixels = sum(len(found) * pixels_of_kind(kind) for kind, found in self.gaps.items())
        return sum(map(sum, self.gaps.values())) / pixels


@dataclass(frozen=True)
class Rates:
    """Seconds of a run without a picture, and of each picture by kind, else by its size in pixels.

    `known_by` is "runs", "drawing" or "nothing": how it is known; `runs` are those that were measured.
    """

    idle: float = 0.0
    each: Mapping[Kind, float] = field(default_factory=dict)
    per_pixel: float = 0.0
    known_by: str = "nothing"
    runs: int = 0

    def seconds(self, drawn: Counter[Kind]) -> float:
        """The seconds of a run that draws so many of each kind, 0 for none."""
        if not drawn.total():
            return 0.0
        return self.idle + sum(count * self.of_one(kind) for kind, count in drawn.items())

    def of_one(self, kind: Kind) -> float:
        return self.each.get(kind, self.per_pixel * pixels_of_kind(kind))


def read_rates(journal: Path, stock: Sequence[StockPicture], measure: Callable[[], float]) -> Rates:
    """The rates of the newest full runs, else what `measure` says of one drawing."""
    runs = timed_runs(journal, {picture.path: picture.sort.kind for picture in stock})
    measured = enough_runs(runs)
    idle = median(run.idle for run in runs) if runs else 0.0
    if not measured:
        seconds = measure() if stock else 0.0
        return Rates(idle, {}, seconds / pixels_of_kind(Kind.POSTER), "drawing" if stock else "nothing")
    gaps: dict[Kind, list[float]] = defaultdict(list)
    for run in measured:
        for kind, found in run.gaps.items():
            gaps[kind] += [run.per_pixel * pixels_of_kind(kind)] * len(found)
    drawn = sum(len(found) * pixels_of_kind(kind) for kind, found in gaps.items())
    per_pixel = sum(map(sum, gaps.values())) / drawn
    each = {kind: sum(found) / len(found) for kind, found in gaps.items() if len(found) >= FEWEST}
    return Rates(idle, each, per_pixel, "runs", len(measured))


def pixels_of_kind(kind: Kind) -> int:
    width, height = SQUARE_SIZE if kind is Kind.SQUARE else PLANS[kind].size
    return width * height


def enough_runs(runs: Iterable[PastRun]) -> list[PastRun]:
    """The newest runs that drew enough between them; those that replaced before those that only added.

    What is drawn for the first time waits for providers, too.
    """
    found: list[PastRun] = []
    for run in sorted(runs, key=lambda run: not run.redraws):
        is_other = bool(found) and found[0].redraws != run.redraws
        if run.pictures >= FEWEST and not is_other and sum(one.pictures for one in found) < ENOUGH:
            found.append(run)
    return found


def timed_runs(journal: Path, kinds: Mapping[str, Kind]) -> list[PastRun]:
    if not journal.is_file():
        return []
    with closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as database:
        runs = database.execute(RUNS).fetchall()
        return [timed_run(row, database.execute(DRAWN, row[:1]).fetchall(), kinds) for row in runs]


def timed_run(row: tuple, drawn: Sequence[tuple], kinds: Mapping[str, Kind]) -> PastRun:
    _, *times = row
    started, ended = map(datetime.fromisoformat, times)
    moments = [(kinds.get(path, Kind.POSTER), datetime.fromisoformat(at)) for path, at, _ in drawn]
    if not moments:
        return PastRun((ended - started).total_seconds() + START_SECONDS, {}, False)
    between = [(kind, (at - before).total_seconds()) for (_, before), (kind, at) in pairwise(moments)]
    longest = LONGEST_GAP * median(gap for _, gap in between) if between else 0.0
    gaps: dict[Kind, list[float]] = defaultdict(list)
    for kind, gap in between:
        gaps[kind].append(min(gap, longest) if longest else gap)
    idle = (moments[0][1] - started) + (ended - moments[-1][1])
    replaced = sum(action == "replace" for _, _, action in drawn)
    return PastRun(idle.total_seconds() + START_SECONDS, gaps, replaced * 2 > len(drawn))
