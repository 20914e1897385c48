"""One picture that is wanted: the unit of work that nothing else depends on."""

from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.records.library import Episode, Item, Season
from app.poster.records.reasons import Reason
from app.poster.records.ruling import NO_RULING, Ruling, Unwatched


@dataclass(frozen=True, slots=True)
class WantedAsset:
    """A picture of an item, and the file that it becomes.

    `path` is the file below the asset folder, with "/", and names the asset in journal, plan and decision
    record: "Movies/Alien (1979)/poster.jpg". `season` is set for seasons and title cards, `episode` for title
    cards. `skip` says why nothing is made of it although the source has it, None where it is to be made.
    `ruling` is what the user's rules change for the item.
    """

    kind: Kind
    item: Item
    path: str
    season: Season | None = None
    episode: Episode | None = None
    skip: Reason | None = None
    ruling: Ruling = NO_RULING

    @property
    def cover(self) -> Unwatched:
        """How the picture hides what happens in an episode that the source says is not watched yet."""
        is_unwatched = self.kind is Kind.TITLE_CARD and self.episode and self.episode.watched is False
        return self.ruling.unwatched if is_unwatched else Unwatched.SHOW
