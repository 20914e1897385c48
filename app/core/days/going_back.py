"""Going back to a day: what it would do, what it leaves and why, and the run that does it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.core.days.listing import Day
from app.core.days.pictures import (
    CHANGED,
    GONE,
    LOST,
    NEW,
    UNKNOWN,
    PictureThen,
    changed_pictures,
    pictures_then,
)
from app.core.errors import Conflict, Invalid
from app.core.execution.asset_lists import asset_list
from app.core.modes import AFTER, ONLY

# Why a picture that differs is left: other hands changed the file, the bytes are gone, the journal does not
# go back so far, a person chose the present one and it is to stay.
TOUCHED, NO_BYTES, GIVEN_UP, KEPT = "touched", "no_bytes", "given_up", "by_hand"
MOST_SHOWN = 12


@dataclass(frozen=True)
class WantedBack:
    """What is to go back: these paths, else all below the folder, which is "" for everything."""

    paths: tuple[str, ...] | None = None
    folder: str = ""
    keep_by_hand: bool = False


@dataclass
class DayPlan:
    """What going back does: `paths` are restored, `removed` of them are new since, the others are `left`.

    `by_hand` are those of the paths that a person chose since, `sample` some of the pictures.
    """

    paths: list[str] = field(default_factory=list)
    removed: int = 0
    by_hand: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    sample: list[PictureThen] = field(default_factory=list)

    def take(self, picture: PictureThen, keep_by_hand: bool) -> None:
        """Add one picture that differs from the day."""
        why = reason_to_leave(picture, keep_by_hand)
        if why:
            self.left[why] = self.left.get(why, 0) + 1
            return
        self.paths.append(picture.path)
        self.removed += picture.state == NEW
        if picture.is_by_hand:
            self.by_hand.append(picture.path)
        if len(self.sample) < MOST_SHOWN:
            self.sample.append(picture)

    def require(self, expected: int | None) -> None:
        """`Invalid` where nothing goes back, `Conflict` where another number was agreed to."""
        if not self.paths:
            raise Invalid("Nothing would change: nothing differs from that day, or none of it can go back.")
        found = len(self.paths)
        if expected not in (None, found):
            raise Conflict(f"By now {found} pictures would change, not {expected}: ask for the plan again.")


def day_plan(engine: Path, root: Path | None, day: Day, wanted: WantedBack) -> DayPlan:
    """The plan; a path that does not differ from the day is passed over."""
    plan = DayPlan()
    for picture in differing(engine, root, day, wanted):
        plan.take(picture, wanted.keep_by_hand)
    return plan


def differing(engine: Path, root: Path | None, day: Day, wanted: WantedBack) -> Iterator[PictureThen]:
    if wanted.paths is None:
        yield from changed_pictures(engine, root, day, wanted.folder)
        return
    found = pictures_then(engine, root, day, dict.fromkeys(wanted.paths))
    yield from (picture for picture in found.values() if picture.state in (CHANGED, GONE, LOST, NEW, UNKNOWN))


def reason_to_leave(picture: PictureThen, keep_by_hand: bool) -> str:
    """Why the picture stays as it is, "" where it goes back."""
    reasons = {
        GIVEN_UP: picture.state == UNKNOWN,
        TOUCHED: picture.is_touched,
        NO_BYTES: picture.state == LOST,
        KEPT: keep_by_hand and picture.is_by_hand,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def arguments_back(day: Day, lists: Path, paths: Iterable[str]) -> list[str]:
    """What names the day and the pictures to the built-in script, behind its switch for an undo."""
    return [day.name, AFTER, ONLY, asset_list(lists, paths)]


def counted_states(pictures: Iterable[PictureThen]) -> dict[str, int]:
    """How many pictures are in each state, and how many of them a person chose since ("by_hand")."""
    counts = dict.fromkeys((CHANGED, LOST, NEW, GONE, UNKNOWN, KEPT), 0)
    for picture in pictures:
        counts[picture.state] += 1
        counts[KEPT] += picture.is_by_hand
    return counts
