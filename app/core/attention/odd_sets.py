"""The sets of a library with the pictures that stand out: seasons and title cards of a show, and shelves."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import PLURALS, join_path
from app.core.assets.recent import image_title, item_name
from app.core.catalogue.oddity import TEXTLESS, TITLED, OddOne, OddReason, PictureFacts, odd_ones
from app.core.catalogue.table import NO_FOLDER, TABLE
from app.core.choices.rules import TEXTLESS as NO_TEXT
from app.core.decisions.picture_states import UNKNOWN, PictureState
from app.core.decisions.states import DOUBLED, HAND, SIZE

COLUMNS = (
    FOLDERS.c.path.label("folder"),
    *(
        TABLE.c[name]
        for name in (
            *("name", "kind", "library", "sort_key", "owner", "provider", "language"),
            *("color", "digest", "entry", "offered"),
        )
    ),
)
# Of these a show has a set of its own; of all others a library is one.
OF_ITEMS = ("season", "titlecard")
# Of a large set so many are shown beside the odd one.
MOST_SHOWN = 12


class PictureSet(NamedTuple):
    """A set: the show, "" for a whole library, and the kind of its pictures."""

    library: str
    item: str
    kind: str


class OddPicture(NamedTuple):
    """A picture that stands out of its set: rows of `COLUMNS`, of which `shown` includes its own."""

    set: PictureSet
    size: int
    row: Any
    shown: tuple[Any, ...]
    reasons: tuple[OddReason, ...]
    weight: int

    @property
    def title(self) -> str:
        return image_title(item_name(self.row.folder, self.row.name), self.row.name)


def odd_pictures(
    session: Session, root_id: int | None, states: Mapping[str, PictureState]
) -> list[OddPicture]:
    """All that stand out, the oddest first; what a person made is meant to be as it is."""
    sets: dict[PictureSet, list[Any]] = {}
    for row in artwork_rows(session, root_id):
        sets.setdefault(set_of(row), []).append(row)
    found = [odd for key, rows in sets.items() for odd in odd_ones_of(key, rows, states)]
    return sorted(found, key=lambda odd: (-odd.weight, odd.row.sort_key, odd.row.entry))


def artwork_rows(session: Session, root_id: int | None) -> Iterator[Any]:
    own = TABLE.c.root_id == root_id, TABLE.c.folder_id != NO_FOLDER, TABLE.c.kind.in_(PLURALS.values())
    query = select(*COLUMNS).join(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id).where(*own)
    return iter(session.execute(query))


def set_of(row: Any) -> PictureSet:
    item = item_name(row.folder, row.name) if row.kind in OF_ITEMS else ""
    return PictureSet(row.library, item, row.kind)


def odd_ones_of(key: PictureSet, rows: list[Any], states: Mapping[str, PictureState]) -> Iterator[OddPicture]:
    found = odd_ones([facts_of(row, states) for row in rows])
    if not any(rows[one.index].owner != HAND for one in found):
        return
    places = sorted(range(len(rows)), key=lambda place: rows[place].sort_key)
    for one in found:
        if rows[one.index].owner != HAND:
            shown = tuple(rows[place] for place in around(places, one))
            yield OddPicture(key, len(rows), rows[one.index], shown, one.reasons, one.weight)


def around(places: list[int], one: OddOne) -> list[int]:
    """The places next to the odd one, in the order of the set."""
    middle = places.index(one.index)
    first = max(0, min(middle - MOST_SHOWN // 2, len(places) - MOST_SHOWN))
    return places[first : first + MOST_SHOWN]


def facts_of(row: Any, states: Mapping[str, PictureState]) -> PictureFacts:
    marks = states.get(join_path(row.folder, row.name), UNKNOWN).marks.split(",")
    size = next((mark.removeprefix(SIZE) for mark in marks if mark.startswith(SIZE)), "0")
    text = "" if not row.language else TEXTLESS if row.language == NO_TEXT else TITLED
    return PictureFacts(row.provider, text, DOUBLED in marks, int(size), row.color)
