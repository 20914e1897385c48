"""Many choices are resolved or opened again at once, and one call takes that back."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, insert, null, select, true, update
from sqlalchemy.orm import Session

from app.core.assets.removal import sliced
from app.core.choices.editing import YES
from app.core.choices.rules import CATEGORIES, SHOWN_MANUAL, CategoryRules, categories
from app.core.choices.state import invalidate_answers
from app.core.choices.table import TABLE
from app.core.errors import Conflict, NotFound
from app.core.exports.sheets import searchable
from app.core.runs import LARGEST_NUMBER
from app.models import ChoiceChange
from app.models.base import now

CHANGES = ChoiceChange.__table__
UNKNOWN = "there is no such image choice"
EXCEPTED = "it is excepted"
SETTLED, OPEN = "it is resolved already", "it is not resolved"


class ChoiceFilter(NamedTuple):
    """All choices for which each condition holds; None is no condition."""

    category: str | None = None
    search: str | None = None
    library: str | None = None

    def condition(self, grades: ColumnElement[int]) -> ColumnElement[bool]:
        """`grades` are the categories of a row, as `state.grades` has them."""
        found = true()
        if self.category:
            found &= grades.bitwise_and(CATEGORIES[self.category]) != 0
        if self.search:
            found &= TABLE.c.searched.contains(searchable(self.search.strip()), autoescape=True)
        return found if self.library is None else found & (TABLE.c.library_name == self.library)


class ResolvePlan(NamedTuple):
    """The numbers of the choices that are changed, and of those that are skipped, by the reason."""

    ids: list[int]
    skipped: dict[str, list[int]]

    def require_size(self, expected: int | None) -> None:
        """`Conflict` where it has another number of choices than the one that a person agreed to."""
        if expected is not None and expected != len(self.ids):
            raise Conflict(
                f"By now {len(self.ids)} choices would be changed, not {expected}: ask for the plan again."
            )


def filtered_ids(session: Session, wanted: ChoiceFilter, grades: ColumnElement[int]) -> list[int]:
    return list(session.scalars(select(TABLE.c.id).where(wanted.condition(grades)).order_by(TABLE.c.id)))


def resolve_plan(
    session: Session, ids: Iterable[int], excepted: Iterable[int], is_resolved: bool
) -> ResolvePlan:
    """Which of the choices change; what needs no change is skipped."""
    wanted, left_out = list(dict.fromkeys(ids)), set(excepted)
    states = resolved_states(session, wanted)
    plan = ResolvePlan([], {})
    for number in wanted:
        why = reason_to_skip(number, states.get(number), left_out, is_resolved)
        if why:
            plan.skipped.setdefault(why, []).append(number)
        else:
            plan.ids.append(number)
    return plan


def reason_to_skip(number: int, state: bool | None, left_out: set[int], is_resolved: bool) -> str:
    if state is None:
        return UNKNOWN
    if number in left_out:
        return EXCEPTED
    return (SETTLED if state else OPEN) if state == is_resolved else ""


def resolved_states(session: Session, ids: Iterable[int]) -> dict[int, bool]:
    """Whether each of the choices that exist is resolved."""
    query = select(TABLE.c.id, func.lower(SHOWN_MANUAL).in_(YES))
    rows = (session.execute(query.where(TABLE.c.id.in_(part))) for part in sliced(ids))
    return {number: bool(state) for part in rows for number, state in part}


def change_verdicts(session: Session, rules: CategoryRules, ids: list[int], is_resolved: bool) -> int | None:
    """Resolve the choices or open them again; the number for `undo_change`, None where there are none."""
    if not ids:
        return None
    row = insert(CHANGES).values(is_resolved=is_resolved, count=len(ids), changed_at=now())
    number = session.execute(row).inserted_primary_key[0]
    # Where the script has not resolved a choice, it is open without a person's word.
    opened = case((func.lower(TABLE.c.manual).in_(YES), "No"), else_=null())
    values = {
        "verdict_before": TABLE.c.verdict,
        "verdict": "Yes" if is_resolved else opened,
        "change_id": number,
        "updated_at": now(),
    }
    for part in sliced(ids):
        session.execute(update(TABLE).where(TABLE.c.id.in_(part)).values(**values))
    regrade_changed(session, rules, TABLE.c.change_id == number)
    return number


def undo_change(session: Session, rules: CategoryRules, number: int) -> tuple[int, int]:
    """(taken back, skipped): what was changed or deleted since is skipped; `NotFound` for no such change."""
    change = session.execute(change_query(number)).first() if number <= LARGEST_NUMBER else None
    if change is None:
        raise NotFound(f"There is no change {number} of image choices.")
    if change.undone_at is not None:
        raise Conflict(f"Change {number} was taken back already.")
    own = TABLE.c.change_id == number
    ids = list(session.scalars(select(TABLE.c.id).where(own)))
    values = {"verdict": TABLE.c.verdict_before, "verdict_before": None, "updated_at": now()}
    session.execute(update(TABLE).where(own).values(**values))
    regrade_changed(session, rules, own)
    session.execute(update(TABLE).where(own).values(change_id=None))
    session.execute(update(CHANGES).where(CHANGES.c.id == number).values(undone_at=now()))
    return len(ids), change.count - len(ids)


def change_query(number: int) -> Select[Any]:
    return select(CHANGES.c.count, CHANGES.c.undone_at).where(CHANGES.c.id == number)


def regrade_changed(session: Session, rules: CategoryRules, condition: ColumnElement[bool]) -> None:
    session.execute(update(TABLE).where(condition).values(categories=categories(rules)))
    invalidate_answers(session)
