"""Which part of a list of pictures is asked for, and in which order."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from app.core.catalogue.titles import fold

SORTS = ("path", "name", "title", "modified", "created", "size")
PATH = "path"
Item = TypeVar("Item")


class Arrangement(NamedTuple):
    """The words that a path must hold, the order, and the part; no limit means all."""

    search: str = ""
    sort: str = PATH
    descending: bool = False
    limit: int | None = None
    offset: int = 0

    @property
    def words(self) -> list[str]:
        """The words of the search, without regard to capitals and accents."""
        return fold(self.search).split()

    @property
    def is_by_path(self) -> bool:
        """Whether nothing is asked for but a part of all pictures in the order of their paths."""
        return not self.words and self.sort == PATH and not self.descending

    def matching(self, items: Iterable[Item], path: Callable[[Item], str]) -> list[Item]:
        words = self.words
        return [item for item in items if holds_all(words, path(item))] if words else list(items)

    def part(self, items: list[Item], keys: dict[str, Callable[[Item], Any]]) -> list[Item]:
        """The part in its order; items without such a key stay in the order of their paths."""
        key = keys.get(self.sort)
        if key:
            items = sorted(items, key=key, reverse=self.descending)
        elif self.descending:
            items = items[::-1]
        return items[self.offset :][: self.limit]


def holds_all(words: list[str], text: str) -> bool:
    plain = fold(text)
    return all(word in plain for word in words)
