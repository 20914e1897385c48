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


@dataclass(frozen=True, slots=True)
class TitleCorrection:
    """What a person corrected of the title on the pictures of one kind.

    `text` stands in place of the title with its line breaks, "" for the usual one. `size` is per cent,
    `shade` per cent of darkness behind it, and `move` per cent of the picture's height, upwards.
    """

    text: str = ""
    size: int = 100
    shade: int = 0
    move: int = 0


NO_CORRECTION = TitleCorrection()


@dataclass(frozen=True, eq=False)
class Ruling:
    """All values that the rules of an item set; items to which the same rules apply share one object.

    `names` has one sentence for each rule that applies. `settings` are values of config.json by section and
    key, which stand in place of the user's. `region` is ISO 3166-1 or "", `title_size` per cent, `skips` the
    kinds that are not made, `order` None where the source's order of episodes counts, `corrections` those of
    the title by kind.
    """

    names: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    region: str = ""
    title_size: int = 100
    skips: frozenset[Kind] = frozenset()
    order: EpisodeOrder | None = None
    unwatched: Unwatched = Unwatched.SHOW
    corrections: Mapping[Kind, TitleCorrection] = field(default_factory=dict)


NO_RULING = Ruling()
