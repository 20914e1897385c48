"""Where an entry stands in a list of the catalogue, and which ones are before and after it."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select, tuple_
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.catalogue.listing import COLUMNS, HAS_FOLDER, SortKey, described_entry, sort_key
from app.core.catalogue.selection import Selection
from app.core.catalogue.table import NO_FOLDER, TABLE
from app.core.choices.table import TABLE as CHOICES
from app.core.exports.library_types import LibraryTypes

ENTRIES = TABLE.outerjoin(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id).outerjoin(
    CHOICES, CHOICES.c.id == TABLE.c.choice_id
)


class ListOrder(NamedTuple):
    """A list of the catalogue: which entries, by which sort but "path", and from which end."""

    selection: Selection
    sort: str
    is_back: bool

    @property
    def key(self) -> SortKey:
        """It ends with the key of the table, so that no two entries are equal."""
        return sort_key(self.sort, self.is_back)


class EntryNeighbours(NamedTuple):
    """The place of an entry from 1 on, 0 for one that the list does not have; and the entries beside it.

    `before` and `after` are described as in a list, None at its ends.
    """

    place: int
    total: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def entry_at_path(session: Session, root_id: int | None, path: str, prefix: str) -> dict[str, Any] | None:
    """The entry of a picture as `catalogued_entries` describes it, None where the catalogue has none."""
    folder, _, name = path.rpartition("/")
    return entry_where(
        session, prefix, FOLDERS.c.root_id == root_id, FOLDERS.c.path == folder, TABLE.c.name == name
    )


def missing_entry(session: Session, root_id: int | None, choice_id: int) -> dict[str, Any] | None:
    """The entry of a choice of which there is no picture, None where there is no such entry."""
    own = TABLE.c
    return entry_where(
        session, "", own.root_id == root_id, own.folder_id == NO_FOLDER, own.choice_id == choice_id
    )


def entry_where(session: Session, prefix: str, *conditions: ColumnElement[bool]) -> dict[str, Any] | None:
    row = session.execute(select(*COLUMNS).select_from(ENTRIES).where(HAS_FOLDER, *conditions)).first()
    return described_entry(row, LibraryTypes(session), prefix) if row else None


def neighbours_of(session: Session, order: ListOrder, entry: dict[str, Any], prefix: str) -> EntryNeighbours:
    """The place and neighbours of an entry, also of one that the list lacks; the prefix is its tree's."""
    own = own_condition(session, order.selection.root_id, entry)
    point = session.execute(select(*order.key.columns).where(*own)).one()
    sides = beside(order, point)
    total, before = counts_beside(session, order.selection, sides[0])
    is_listed = session.scalar(select(func.count()).where(*order.selection.condition(), *own))
    found = [
        nearest_entry(session, order, side, order.key.is_down is not is_before, prefix)
        for side, is_before in zip(sides, (True, False), strict=True)
    ]
    return EntryNeighbours(before + 1 if is_listed else 0, total, *found)


def own_condition(
    session: Session, root_id: int | None, entry: dict[str, Any]
) -> tuple[ColumnElement[bool], ...]:
    """What only the row of the entry fulfils."""
    own = TABLE.c
    if entry["path"] is None:
        return own.root_id == root_id, own.folder_id == NO_FOLDER, own.choice_id == entry["choice_id"]
    folder, _, name = entry["path"].rpartition("/")
    query = select(FOLDERS.c.id).where(FOLDERS.c.root_id == root_id, FOLDERS.c.path == folder)
    return own.folder_id == session.scalar(query), own.name == name


def beside(order: ListOrder, point: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions of what comes before the point, and after it."""
    key, values = tuple_(*order.key.columns), tuple_(*point)
    return (key > values, key < values) if order.key.is_down else (key < values, key > values)


def counts_beside(session: Session, selection: Selection, before: ColumnElement[bool]) -> tuple[int, int]:
    """(all, those before) of the selection, in one pass: without an index of the order each costs one."""
    query = select(func.count(), func.coalesce(func.sum(case((before, 1), else_=0)), 0))
    return tuple(session.execute(query.select_from(TABLE).where(*selection.condition())).one())


def nearest_entry(
    session: Session, order: ListOrder, side: ColumnElement[bool], is_down: bool, prefix: str
) -> dict[str, Any] | None:
    """The entry of one side that is next to the point; `is_down` is where it has the largest key."""
    columns = [column.desc() if is_down else column for column in order.key.columns]
    keys = select(TABLE.c.folder_id, TABLE.c.name).where(*order.selection.condition(), side)
    key = session.execute(keys.order_by(*columns).limit(1)).first()
    own = key and (TABLE.c.folder_id == key.folder_id, TABLE.c.name == key.name)
    return entry_where(session, prefix, *own) if own else None
