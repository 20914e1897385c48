"""Which titles of a library are the hardest to draw, and why."""

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import Item
from app.poster.text.bidi import reads_right_to_left
from app.poster.text.typesetter import missing_characters

EACH = 6
MOST = 24
IDEOGRAPHS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class HardTitle:
    """A title with the picture that it stands on; `second` is the show's title or a label, or ""."""

    kind: Kind
    title: str
    second: str
    library: str
    language: str
    of_show: bool
    why: str = ""


def titles_of(item: Item, kinds: frozenset[Kind]) -> Iterator[HardTitle]:
    """Every title that pictures of the item carry, of the kinds that are made."""
    is_show = item.medium is Medium.SHOW
    common = (item.library.name, item.library.language, is_show)
    for kind in (Kind.POSTER, Kind.BACKGROUND):
        if kind in kinds:
            yield HardTitle(kind, item.title, "", *common)
    for season in item.seasons:
        if Kind.SEASON in kinds:
            yield HardTitle(Kind.SEASON, season.name, item.title, *common)
        if Kind.TITLE_CARD in kinds:
            for episode in season.episodes:
                numbers = f"S{season.number:02}E{'-'.join(f'{number:02}' for number in episode.numbers)}"
                yield HardTitle(Kind.TITLE_CARD, " / ".join(episode.titles), numbers, *common)


def longest_word(title: str) -> int:
    return max(map(len, re.split(r"[\s\-\u2013/]+", title)), default=0)


# What makes a title hard, each with a measure: the largest are shown, and 0 is not hard in that way.
HARD = {
    "a glyph that no font has": lambda one: len(missing_characters(one.title)),
    "right to left": lambda one: len(one.title) if reads_right_to_left(one.title) else 0,
    "Chinese, Japanese or Korean": lambda one: len(one.title) * bool(IDEOGRAPHS.search(one.title)),
    "the longest title": lambda one: len(one.title),
    "the longest words": lambda one: longest_word(one.title),
    "two texts": lambda one: len(one.title) + len(one.second) if one.second else 0,
}


class Hardest:
    """Keeps the hardest titles of a listing that may be of any length."""

    def __init__(self):
        self._heaps: dict[str, list[tuple[int, int, HardTitle]]] = {why: [] for why in HARD}
        self.titles = 0

    def add(self, titles: Iterable[HardTitle]) -> None:
        for title in titles:
            self.titles += 1
            for why, measure in HARD.items():
                self._offer(why, measure(title), title)

    def _offer(self, why: str, amount: int, title: HardTitle) -> None:
        heap = self._heaps[why]
        known = any(kept.title == title.title and kept.kind is title.kind for _, _, kept in heap)
        if not amount or known or (len(heap) == EACH and amount <= heap[0][0]):
            return
        # The running number keeps the first of two that are equally hard.
        heapq.heappush(heap, (amount, -self.titles, title))
        if len(heap) > EACH:
            heapq.heappop(heap)

    def chosen(self) -> list[HardTitle]:
        """At most MOST titles: the hardest of each way in turn, each once."""
        by_way = [
            [(why, title) for _, _, title in sorted(heap, key=lambda one: one[:2], reverse=True)]
            for why, heap in self._heaps.items()
        ]
        found: dict[tuple[Kind, str, str], tuple[str, HardTitle]] = {}
        for turn in zip_longest(*by_way):
            for why, title in filter(None, turn):
                found.setdefault((title.kind, title.title, title.second), (why, title))
        return [replace(title, why=why) for why, title in list(found.values())[:MOST]]
