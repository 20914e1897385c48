"""What the user's rules change for one item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from app.poster.kinds import Kind
from app.poster.records.library import EpisodeOrder


class Unwatched(Enum):
    """How the title card of an episode looks until it is watched; the value is the word of the settings."""

    SHOW = "show"
    BLUR = "blur"
    TYPOGRAPHIC = "typographic"


@dataclass(frozen=True, eq=False)
class Ruling:
    """All values that the rules of an item set; items to which the same rules apply share one object.

    `names` has one sentence for each rule that applies. `settings` are values of config.json by section and
    key, which stand in place of the user's. `region` is ISO 3166-1 or "", `title_size` per cent, `skips` the
    kinds that are not made, `order` None where the source's order of episodes counts.
    """

    names: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    region: str = ""
    title_size: int = 100
    skips: frozenset[Kind] = frozenset()
    order: EpisodeOrder | None = None
    unwatched: Unwatched = Unwatched.SHOW


NO_RULING = Ruling()
