"""The newest pictures of the asset folder, tall and wide ones apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.assets.arrangement import Arrangement
from app.core.assets.register import marks
from app.core.assets.roots import PLACES
from app.core.catalogue.listing import catalogued_entries
from app.core.catalogue.selection import MISSING, Selection

ROOT = "assets"
# Full rows of a wide window; narrower ones show fewer.
MOST_TALL, MOST_WIDE = 16, 8

Entries = list[dict[str, Any]]


@dataclass(frozen=True)
class NewestArtwork:
    """The newest entries of the catalogue by their shape, the newest first."""

    tall: Entries
    wide: Entries

    def __bool__(self) -> bool:
        return bool(self.tall or self.wide)

    def since(self, moment: datetime | None) -> dict[str, Any] | None:
        """The newest picture, where it was written at that moment or later."""
        newest = max([*self.tall[:1], *self.wide[:1]], key=modified_at, default=None)
        is_new = newest is not None and moment is not None and modified_at(newest) >= moment.timestamp()
        return newest if is_new else None


def modified_at(entry: dict[str, Any]) -> float:
    return entry["modified"]


def newest_artwork(session: Session, folder: str) -> NewestArtwork:
    """What the catalogue holds of that folder; nothing where it holds another one."""
    mark = marks(session).get(ROOT)
    if mark is None or mark.path != folder:
        return NewestArtwork([], [])
    return NewestArtwork(
        newest_of_kinds(session, mark.id, ("poster", "season"), MOST_TALL),
        newest_of_kinds(session, mark.id, ("background", "titlecard"), MOST_WIDE),
    )


def newest_of_kinds(session: Session, root_id: int, kinds: tuple[str, ...], most: int) -> Entries:
    """The newest of those kinds, with an equal share of each as far as it has so many.

    One query a kind, each of which an index answers.
    """
    order = Arrangement(sort="modified", descending=True, limit=most)
    shares: Entries = []
    others: Entries = []
    for kind in kinds:
        selection = Selection(root_id, (), (("kind", kind), (MISSING, False)))
        found = list(catalogued_entries(session, selection, order, PLACES[ROOT].prefix))
        shares += found[: most // len(kinds)]
        others += found[most // len(kinds) :]
    more = newest_first(others)[: most - len(shares)]
    return newest_first([*shares, *more])


def newest_first(entries: Entries) -> Entries:
    return sorted(entries, key=modified_at, reverse=True)
