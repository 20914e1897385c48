"""One picture that is wanted: the unit of work that nothing else depends on."""

from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.records.library import Episode, Item, Season
from app.poster.records.reasons import Reason


@dataclass(frozen=True, slots=True)
class WantedAsset:
    """A picture of an item, and the file that it becomes.

    `path` is the file below the asset folder, with "/", and names the asset in journal, plan and decision
    record: "Movies/Alien (1979)/poster.jpg". `season` is set for seasons and title cards, `episode` for title
    cards. `skip` says why nothing is made of it although the source has it, None where it is to be made.
    """

    kind: Kind
    item: Item
    path: str
    season: Season | None = None
    episode: Episode | None = None
    skip: Reason | None = None
