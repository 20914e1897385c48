"""The pictures that share a fault, the worst first, and how many are left out and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import join_path
from app.core.assets.recent import image_title, item_name
from app.core.catalogue.table import NO_FOLDER, TABLE
from app.core.decisions.picture_states import UNKNOWN, PictureState
from app.core.decisions.states import HAND, OWNERS, TOOL
from app.core.item_rules.contradictions import compared_conditions
from app.core.likeness.faults import TitleFault
from app.core.likeness.title_measure import TitleMeasure, measure_of_marks

OURS = OWNERS[1]
# Why a picture is left out: whose it is, what is known of it, what is done already.
BY_HAND, OF_TOOL, UNMEASURED, CORRECTED, ONE_WORD = "hand", "tool", "unmeasured", "corrected", "one_word"
LEFT_OUT = (BY_HAND, OF_TOOL, UNMEASURED, CORRECTED, ONE_WORD)
SHOWN = ("name", "library", "digest", "color")
COLUMNS = (FOLDERS.c.path.label("folder"), *(TABLE.c[name] for name in SHOWN))


class MeasuredPicture(NamedTuple):
    """A picture of the catalogue with whose it is and what was measured of its title."""

    path: str
    library: str
    item: str
    title: str
    owner: str
    measure: TitleMeasure
    digest: str | None = None
    color: int | None = None

    @property
    def compared(self) -> tuple[str, str]:
        """(library, item) as rules compare them."""
        known = compared_conditions({"when": {"library": self.library, "title": self.item}})
        return known["library"], known["title"]


@dataclass
class AlikePictures:
    """Those that share a fault, the worst first, and how many are left out by the reason."""

    pictures: list[MeasuredPicture] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def measured_pictures(
    session: Session, root_id: int | None, kind: str, states: Mapping[str, PictureState]
) -> list[MeasuredPicture]:
    """All pictures of a kind, by the order of titles."""
    own = TABLE.c.root_id == root_id, TABLE.c.kind == kind, TABLE.c.folder_id != NO_FOLDER
    query = select(*COLUMNS).join(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id).where(*own)
    return [measured_row(row, states) for row in session.execute(query.order_by(TABLE.c.sort_key))]


def measured_row(row: Row, states: Mapping[str, PictureState]) -> MeasuredPicture:
    path, item = join_path(row.folder, row.name), item_name(row.folder, row.name)
    state = states.get(path, UNKNOWN)
    return MeasuredPicture(
        *(path, row.library, item, image_title(item, row.name)),
        *(state.owner, measure_of_marks(state.marks), row.digest, row.color),
    )


def usual_size(pictures: Iterable[MeasuredPicture]) -> int:
    """The median of the sizes of titles, 0 where none is known."""
    sizes = [one.measure.size for one in pictures if one.measure.size]
    return round(median(sizes)) if sizes else 0


def alike_pictures(
    pictures: Iterable[MeasuredPicture],
    fault: TitleFault,
    own: MeasuredPicture,
    corrected: Iterable[tuple[str, str]] = (),
) -> AlikePictures:
    """Of all pictures of a kind those that share the fault of one, but for those of the same item.

    What a person or another tool made is left as it is, and so is what is corrected already.
    """
    found, done = AlikePictures(), frozenset(corrected)
    for one in pictures:
        if (one.library, one.item) == (own.library, own.item):
            continue
        if one.measure.is_unknown and one.owner == OURS:
            found.left_out[UNMEASURED] += 1
        elif fault.is_shared(one.measure):
            sort_out(found, one, done)
    found.pictures.sort(key=lambda one: fault.degree(one.measure))
    return found


def sort_out(found: AlikePictures, one: MeasuredPicture, done: frozenset[tuple[str, str]]) -> None:
    """Take up a picture that shares the fault, or count why not."""
    why = {HAND: BY_HAND, TOOL: OF_TOOL}.get(one.owner) or (CORRECTED if one.compared in done else "")
    if why:
        found.left_out[why] += 1
    elif one.owner == OURS:
        found.pictures.append(one)


def of_item(pictures: Iterable[MeasuredPicture], own: MeasuredPicture) -> list[str]:
    """The paths of all pictures of the same item, which a rule for it changes together."""
    return [one.path for one in pictures if (one.library, one.item) == (own.library, own.item)]
