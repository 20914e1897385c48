"""What a change of settings and rules costs: pictures, time and room."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter
from typing import Any

import msgspec
from PIL import Image

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.applying.draw_pool import cores
from app.poster.drawing.canvas import FORMATS
from app.poster.drawing.designs import StyleBook
from app.poster.folders import Folders
from app.poster.journal.journal import NAME
from app.poster.kinds import Kind
from app.poster.pricing.counting import Count, Counting, Group
from app.poster.pricing.plans import Asked, RunPlan
from app.poster.pricing.rates import Rates, read_rates
from app.poster.pricing.stock import StockPicture, read_stock
from app.poster.records.candidate import Typography

# Pictures of this machine that say what another quality does to their size, drawn this small.
SAMPLES, SAMPLE_SIZE = 4, (800, 800)
MOST_PARTITIONS = 4
# So many times the seconds of reading the journal, it is not read again.
PATIENCE = 4


@dataclass(frozen=True)
class PriceQuestion:
    """What is asked: settings and rules that are saved, and those that would be."""

    saved: Asked
    asked: Asked


class Pricer:
    """Answers for one data folder; what was read is kept while the journal is the same."""

    def __init__(self, folders: Folders):
        self._folders = folders
        self._journal = folders.engine / NAME
        self._version: tuple = ()
        self._fresh_until = 0.0
        self._counting = Counting(())
        self._rates: Rates | None = None
        self._partitions: OrderedDict[bytes, list[Group]] = OrderedDict()
        self._ratios: dict[tuple[int, int], float] = {}

    def price(self, question: PriceQuestion) -> dict[str, Any]:
        """{"changed", "by_kind", "total", "seconds", "bytes", "basis"}, see docs/engine.md."""
        self.refresh()
        saved = RunPlan(question.saved, self._folders.overlays)
        now = RunPlan(question.asked, self._folders.overlays)
        count = self._counting.count(self.groups(question, now, saved), now, saved)
        waiting = self._waiting(question, saved)
        new_kinds = sorted(kind.value for kind in now.work.kinds - saved.work.kinds)
        may_change = count.may.total()
        rates = self._measured(saved)
        return {
            "changed": count.drawn.total(),
            "by_kind": by_kind(count.drawn),
            "total": count.wanted.total(),
            "seconds": round(rates.seconds(count.drawn), 1),
            "bytes": self._room(count, now, saved),
            "basis": {
                "exact": not may_change and not new_kinds,
                "same": not may_change and not new_kinds and count.paths == waiting,
                "waiting": len(waiting),
                "may_change": may_change,
                "may_change_by_kind": by_kind(count.may),
                "new_kinds": new_kinds,
                "seconds_by": rates.known_by,
                "runs": rates.runs,
            },
        }

    def refresh(self) -> None:
        """Read the journal again where it has changed since.

        While a run writes, not with every question: what was read counts for some times as long as it took.
        """
        version, begun = version_of(self._journal), monotonic()
        if self._version and (version == self._version or begun < self._fresh_until):
            return
        self._counting = Counting(read_stock(self._journal, self._folders.assets))
        self._partitions.clear()
        self._rates, self._version = None, version
        self._fresh_until = monotonic() + PATIENCE * (monotonic() - begun)

    @property
    def stock(self) -> Sequence[StockPicture]:
        return self._counting.stock

    def groups(self, question: PriceQuestion, now: RunPlan, saved: RunPlan) -> list[Group]:
        """The stock by what the asked rules and the saved ones say of it."""
        both = (question.asked, question.saved)
        key = msgspec.json.encode([(one.rules, one.environment.unwatched) for one in both])
        if key not in self._partitions:
            self._partitions[key] = self._counting.groups(now, saved)
        self._partitions.move_to_end(key)
        if len(self._partitions) > MOST_PARTITIONS:
            self._partitions.popitem(last=False)
        return self._partitions[key]

    def _waiting(self, question: PriceQuestion, saved: RunPlan) -> set[str]:
        """The pictures that the next run draws if nothing is changed."""
        same = PriceQuestion(question.saved, question.saved)
        return self._counting.count(self.groups(same, saved, saved), saved, saved).paths

    def _measured(self, saved: RunPlan) -> Rates:
        if self._rates is None:
            self._rates = read_rates(self._journal, self.stock, lambda: drawing_seconds(saved.styles))
        return self._rates

    def _room(self, count: Count, now: RunPlan, saved: RunPlan) -> int:
        """The bytes that are needed: earlier pictures are kept for undo, and new ones may be larger."""
        kept = count.kept_bytes.total()
        grown = round(kept * (self._ratio(saved.quality, now.quality) - 1)) if kept else 0
        return max(
            0, kept + grown + sum(self._usual_size(kind) * number for kind, number in count.added.items())
        )

    def _usual_size(self, kind: Kind) -> int:
        sizes = [picture.size for picture in self.stock if picture.size and picture.sort.kind is kind]
        return round(median(sizes)) if sizes else 0

    def _ratio(self, before: int, after: int) -> float:
        """How many times as large pictures of this machine are in another quality."""
        key = before, after
        if before == after:
            return 1.0
        if key not in self._ratios:
            paths = [self._folders.assets / picture.path for picture in self.stock if picture.size][:400]
            self._ratios[key] = quality_ratio(paths[:: max(1, len(paths) // SAMPLES)], before, after)
        return self._ratios[key]


def version_of(journal: Path) -> tuple:
    """Other whenever the journal was written to, () where there is none."""
    files = (journal, journal.with_name(f"{journal.name}-wal"))
    found = [path.stat() for path in files if path.is_file()]
    # Reading alone makes a log of nothing.
    return tuple((one.st_mtime_ns, one.st_size) for one in found if one.st_size)


def by_kind(counted: Mapping[Kind, int]) -> dict[str, int]:
    return {kind.value: counted[kind] for kind in Kind if counted[kind]}


def quality_ratio(paths: Sequence[Path], before: int, after: int) -> float:
    """By what some pictures take in both qualities; 1 where none can be read."""
    sizes = [
        (encoded_size(picture, before), encoded_size(picture, after)) for picture in small_samples(paths)
    ]
    return sum(new for _, new in sizes) / sum(old for old, _ in sizes) if sizes else 1.0


def small_samples(paths: Sequence[Path]) -> list[Image.Image]:
    found = []
    for path in paths:
        try:
            with Image.open(path, formats=FORMATS) as picture:
                picture.draft("RGB", SAMPLE_SIZE)
                found.append(picture.convert("RGB"))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            continue
    return found


def encoded_size(picture: Image.Image, quality: int) -> int:
    content = BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return content.tell()


def drawing_seconds(styles: StyleBook) -> float:
    """The seconds of one picture where no run was measured: one poster, drawn here."""
    begun = perf_counter()
    draw_order(DrawOrder(Typography("Metropolis"), styles.style(Kind.POSTER).design("Metropolis")))
    return (perf_counter() - begun) / cores()
