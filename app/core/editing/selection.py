"""Which pictures a bulk edit changes: those of a list or of a filter; and which it skips, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.browse import safe_relative_path
from app.core.assets.naming import join_path
from app.core.assets.pictures import only_below
from app.core.catalogue.selection import Selection
from app.core.catalogue.table import TABLE
from app.core.decisions.picture_states import PictureState
from app.core.decisions.states import HAND, OWNERS
from app.core.editing.edits import HOLD, RELEASE
from app.core.errors import Conflict

OURS = "ours"
EXCEPTED = "it is excepted"
HELD_ALREADY = "it is a person's already"
NOT_HELD = "it is made by the runs, and nobody holds it"
# For clients that say it in another language.
CODES = {EXCEPTED: "excepted", HELD_ALREADY: "held", NOT_HELD: "not_held"}
MOST_SHOWN = 12
# No edit, but a run of the pictures that are chosen: what a person holds stays.
REDRAW = "redraw"


@dataclass(frozen=True)
class ArtworkFilter:
    """All pictures of a tree that have these facets, as the catalogue is filtered.

    `words` are those of a search, `facets` the (name, value) pairs of `Selection`, and `folder` a folder
    below the root in which the pictures lie, None for the whole tree.
    """

    words: tuple[str, ...] = ()
    facets: tuple[tuple[str, Any], ...] = ()
    folder: str | None = None


@dataclass
class EditPlan:
    """What a bulk edit does: the `paths` to be edited, and the paths that are skipped, by the reason."""

    action: str
    paths: list[str] = field(default_factory=list)
    skipped: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, path: str, why: str) -> None:
        """The path is not edited."""
        self.skipped.setdefault(why, []).append(path)

    @property
    def sample(self) -> list[str]:
        """Some of the paths that are edited, from all over the list."""
        step = max(1, -(-len(self.paths) // MOST_SHOWN))
        return self.paths[::step]

    def require_count(self, expected: int | None) -> None:
        """`Conflict` where the plan has another number of paths than the one that a person agreed to."""
        if expected is not None and expected != len(self.paths):
            raise Conflict(
                f"By now {len(self.paths)} pictures would be changed, not {expected}: ask for the plan again."
            )


def filtered_paths(session: Session, root_id: int | None, wanted: ArtworkFilter) -> list[str]:
    """The paths of the pictures in the catalogue that the filter lets through, by folder and name."""
    selection = Selection(root_id, wanted.words, wanted.facets)
    query = select(FOLDERS.c.path, TABLE.c.name).join(TABLE, TABLE.c.folder_id == FOLDERS.c.id)
    query = query.where(*selection.condition()).order_by(FOLDERS.c.path, TABLE.c.name)
    folder = safe_relative_path(wanted.folder) if wanted.folder else ""
    rows = session.execute(only_below(query, folder) if folder else query)
    return [join_path(path, name) for path, name in rows]


def known_owner(path: str, states: Mapping[str, PictureState]) -> str:
    """Whose the journal says that the picture is; OWNERS[0] where it knows nothing of it."""
    return states[path].owner if path in states else OWNERS[0]


def edit_plan(
    action: str, paths: Iterable[str], excepted: Sequence[str], states: Mapping[str, PictureState]
) -> EditPlan:
    """Which of the paths are edited; what needs no change is skipped."""
    # As it is spelled too: a backslash may be part of a name.
    plan, left_out = EditPlan(action), frozenset((*excepted, *map(safe_relative_path, excepted)))
    for path in dict.fromkeys(paths):
        why = EXCEPTED if path in left_out else needless(action, known_owner(path, states))
        if why:
            plan.skip(path, why)
        else:
            plan.paths.append(path)
    return plan


def needless(action: str, owner: str) -> str:
    """Why the action would change nothing, "" where it does."""
    if action in (HOLD, REDRAW) and owner == HAND:
        return HELD_ALREADY
    return NOT_HELD if action == RELEASE and owner == OURS else ""
