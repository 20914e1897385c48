"""What a person ignores: one concern of one picture, or a concern of all that a filter leaves."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, insert, or_, select, true
from sqlalchemy.orm import Session

from app.core.assets.arrangement import Arrangement
from app.core.catalogue.concerns import CONCERNS, ODD, ODD_BIT
from app.core.catalogue.table import TABLE
from app.core.errors import Conflict, NotFound
from app.core.runs import LARGEST_NUMBER
from app.models import AttentionIgnore

IGNORES = AttentionIgnore.__table__
# The columns by which an ignore without an entry filters.
FILTERS = ("library", "kind")
# Each is a part of every question for concerns, and SQLite takes a condition of 1000 parts at most.
MOST_KINDS = 100


class IgnoredKind(NamedTuple):
    """An ignore of all that its filter leaves; "" and None filter nothing."""

    id: int
    concern: int
    library: str | None
    kind: str | None
    search: str

    def condition(self) -> ColumnElement[bool]:
        """Whether a row of the catalogue is meant."""
        compared = [TABLE.c[name] == value for name in FILTERS if (value := getattr(self, name)) is not None]
        words = Arrangement(self.search).words
        return and_(true(), *compared, *(TABLE.c.searched.contains(word, autoescape=True) for word in words))


class IgnoreState(NamedTuple):
    """Another value after each change of the ignores."""

    count: int
    last: int


def ignore_state(session: Session) -> IgnoreState:
    row = session.execute(select(func.count(), func.coalesce(func.max(IGNORES.c.id), 0))).one()
    return IgnoreState(*row)


def ignored_kinds(session: Session, concern: int | None = None) -> list[IgnoredKind]:
    """The ignores by filter, of one concern or of all, the oldest first."""
    columns = [IGNORES.c[name] for name in IgnoredKind._fields]
    query = select(*columns).where(IGNORES.c.entry.is_(None)).order_by(IGNORES.c.id)
    query = query if concern is None else query.where(IGNORES.c.concern == concern)
    return [IgnoredKind(*row) for row in session.execute(query)]


def is_ignored(kinds: list[IgnoredKind], concern: int) -> ColumnElement[bool]:
    """Whether that concern of a row of the catalogue is ignored."""
    by_filter = [each.condition() for each in kinds if each.concern == concern]
    return or_(false(), of_entry(concern), *by_filter)


def of_entry(concern: int) -> ColumnElement[bool]:
    """One that was to hold until new artwork appears is over when there are other candidates."""
    holds = or_(IGNORES.c.offered.is_(None), IGNORES.c.offered == TABLE.c.offered)
    return exists(
        select(IGNORES.c.id).where(IGNORES.c.entry == TABLE.c.entry, IGNORES.c.concern == concern, holds)
    )


def ignore_entry(session: Session, concern: int, entry: str, until_new: bool = False) -> int:
    """Ignore a concern of one picture, or its present candidates; the number of the ignore.

    `NotFound` where the catalogue has no such entry.
    """
    offered = session.scalar(select(TABLE.c.offered).where(TABLE.c.entry == entry).limit(1))
    if offered is None:
        raise NotFound("There is no such picture any more; load the page anew.")
    session.execute(delete(IGNORES).where(IGNORES.c.entry == entry, IGNORES.c.concern == concern))
    return stored_ignore(session, concern=concern, entry=entry, offered=offered if until_new else None)


def ignore_kind(session: Session, concern: int, filters: Mapping[str, Any], search: str) -> int:
    """Ignore a concern of all that the filter leaves, now and later; the number of the ignore.

    `Conflict` where `MOST_KINDS` are ignored already, whatever their concern.
    """
    wanted = {name: filters.get(name) for name in FILTERS}
    known, values = ignored_kinds(session), (concern, *wanted.values(), search)
    if same := next((each for each in known if each[1:] == values), None):
        return same.id
    if len(known) >= MOST_KINDS:
        raise Conflict(f"{MOST_KINDS} filters are ignored, which is the most. Show some of them again first.")
    return stored_ignore(session, concern=concern, search=search, **wanted)


def stored_ignore(session: Session, **values: Any) -> int:
    return session.execute(insert(AttentionIgnore).values(**values)).inserted_primary_key[0]


def forget_ignore(session: Session, number: int) -> None:
    """Take one back; `NotFound` where there is none of that number."""
    can_be_one = number <= LARGEST_NUMBER
    if not can_be_one or not session.execute(delete(IGNORES).where(IGNORES.c.id == number)).rowcount:
        raise NotFound("That is not ignored any more.")


def ignores_of_entries(session: Session, concern: int, entries: list[str]) -> dict[str, int]:
    """The number of the ignore of each of those entries that has one of its own."""
    own = IGNORES.c.entry.in_(entries) & (IGNORES.c.concern == concern)
    return dict(session.execute(select(IGNORES.c.entry, IGNORES.c.id).where(own)).all())


def ignored_odd_ones(session: Session) -> dict[str, tuple[int, str | None]]:
    """{entry: (number of the ignore, the candidates while which it holds, None for ever)}."""
    columns = IGNORES.c.entry, IGNORES.c.id, IGNORES.c.offered
    rows = session.execute(select(*columns).where(IGNORES.c.concern == ODD_BIT, IGNORES.c.entry.is_not(None)))
    return {entry: (number, offered) for entry, number, offered in rows}


def concern_named(name: str) -> int:
    return ODD_BIT if name == ODD else int(CONCERNS[name])
