"""The user's own pictures for the rows of a client: what was added, what is being watched, and one show."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.core.assets.arrangement import Arrangement
from app.core.assets.roots import PLACES
from app.core.catalogue.listing import catalogued_entries
from app.core.catalogue.neighbours import entry_at_path
from app.core.catalogue.selection import MISSING, Selection

PREFIX = PLACES["assets"].prefix
POSTERS, WATCHED, SEASONS, EPISODES = 8, 5, 6, 4
# The oldest title cards are asked for no further than this, to find those of one show.
MOST_OF_SHOW = 60
Entry = dict[str, Any]


@dataclass
class Shelves:
    """Entries as `catalogued_entries` describes them: tall ones, wide ones, and those of one show."""

    posters: list[Entry] = field(default_factory=list)
    watching: list[Entry] = field(default_factory=list)
    seasons: list[Entry] = field(default_factory=list)
    episodes: list[Entry] = field(default_factory=list)
    backdrop: Entry | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.posters or self.watching or self.seasons or self.episodes)


def fill_shelves(session: Session, root_id: int | None, asset: str = "") -> Shelves:
    """The newest pictures of each kind; the one at `asset` is the first of its row."""
    chosen = entry_at_path(session, root_id, asset, PREFIX) if asset else None
    cards = newest_entries(session, root_id, "titlecard", MOST_OF_SHOW)
    wide = newest_entries(session, root_id, "background", WATCHED) or cards
    show = show_of(session, root_id, chosen, cards)
    shelves = Shelves(
        newest_entries(session, root_id, "poster", POSTERS),
        wide[:WATCHED],
        of_show(session, root_id, "season", show)[:SEASONS],
        of_show(session, root_id, "titlecard", show)[:EPISODES],
        next(iter(of_show(session, root_id, "background", show)), None),
    )
    return with_chosen(shelves, chosen)


def newest_entries(
    session: Session, root_id: int | None, kind: str, most: int, word: str = ""
) -> list[Entry]:
    selection = Selection(root_id, tuple(Arrangement(word).words), (("kind", kind), (MISSING, False)))
    return list(catalogued_entries(session, selection, Arrangement(word, "modified", True, most, 0), PREFIX))


def show_of(session: Session, root_id: int | None, chosen: Entry | None, cards: list[Entry]) -> str:
    """That of the chosen picture, else one with title cards, else one with seasons."""
    if chosen and chosen["kind"] in ("season", "titlecard"):
        return chosen["item"]
    found = cards[:1] or newest_entries(session, root_id, "season", 1)
    return found[0]["item"] if found else ""


def of_show(session: Session, root_id: int | None, kind: str, show: str) -> list[Entry]:
    """The pictures of a kind of one show in the order of their names."""
    if not show:
        return []
    found = newest_entries(session, root_id, kind, MOST_OF_SHOW, show)
    return sorted((entry for entry in found if entry["item"] == show), key=lambda entry: entry["name"])


def with_chosen(shelves: Shelves, chosen: Entry | None) -> Shelves:
    if chosen is None:
        return shelves
    rows = {
        "poster": ("posters", POSTERS),
        "background": ("watching", WATCHED),
        "season": ("seasons", SEASONS),
        "titlecard": ("episodes", EPISODES),
    }
    if chosen["kind"] in rows:
        name, most = rows[chosen["kind"]]
        others = [entry for entry in getattr(shelves, name) if entry["path"] != chosen["path"]]
        setattr(shelves, name, [chosen, *others][:most])
    return shelves
