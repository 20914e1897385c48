"""Which pictures of the libraries a full run is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.poster.records.wanted import WantedAsset
from app.poster.script.arguments import Order


@dataclass(frozen=True)
class Scope:
    """All pictures, or those of `only`, without those of `excepted`; both hold paths of assets.

    `first` is how many titles of each library it is about, None for all.
    """

    only: frozenset[str] | None = None
    excepted: frozenset[str] = frozenset()
    first: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the run lists all that the libraries have."""
        return self.only is None and self.first is None

    def wanted(self, wanted: Iterable[WantedAsset]) -> tuple[WantedAsset, ...]:
        """Those that the run is about; the excepted ones are among them, to be named as left out."""
        return tuple(one for one in wanted if self.only is None or one.path in self.only)


EVERYTHING = Scope()


def scope_of(order: Order) -> Scope:
    first = order.value("First")
    return Scope(order.lists.get("Only"), order.paths("Except"), int(first) if first else None)
