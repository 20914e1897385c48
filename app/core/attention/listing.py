"""The pictures that need a person, by concern: counted, and in pages that begin after a known picture."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, not_, select, tuple_
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import is_storable
from app.core.attention.ignoring import ignored_kinds, ignores_of_entries, is_ignored
from app.core.catalogue.concerns import CONCERNS
from app.core.catalogue.listing import COLUMNS, HAS_FOLDER, described_entry
from app.core.catalogue.selection import Selection
from app.core.catalogue.table import TABLE
from app.core.choices.artwork import NO_TREE, Tree, expected_path
from app.core.choices.table import TABLE as CHOICES
from app.core.errors import Invalid
from app.core.exports.library_types import LibraryTypes

ORDER = tuple(TABLE.c[name] for name in ("sort_key", "kind", "folder_id", "name"))
SHAPES = (str, str, int, str)
# In every condition, as the index of what has a concern is found by it.
HAS_CONCERN = TABLE.c.concerns != 0
LONGEST_PLACE = 4000


class AttentionSelection(NamedTuple):
    """What is asked for: pictures of the tree with one concern, or those of which it is ignored."""

    selection: Selection
    concern: str
    ignored: bool = False
    tree: Tree = NO_TREE


class AttentionPage(NamedTuple):
    """Some pictures; `first` is the number of those before, and both ends are places for the next page."""

    entries: list[dict[str, Any]]
    first: int
    total: int

    @property
    def next(self) -> str | None:
        return self.entries[-1]["place"] if self.first + len(self.entries) < self.total else None

    @property
    def previous(self) -> str | None:
        return self.entries[0]["place"] if self.entries and self.first else None


def concern_counts(session: Session, selection: Selection) -> dict[str, dict[str, int]]:
    """{name of the concern: {"count", "ignored"}} for all that the selection leaves."""
    kinds = ignored_kinds(session)
    sums = []
    for name, bit in CONCERNS.items():
        has, hidden = TABLE.c.concerns.bitwise_and(int(bit)) != 0, is_ignored(kinds, int(bit))
        sums += [
            func.sum(case((has & not_(hidden), 1), else_=0)).label(name),
            func.sum(case((has & hidden, 1), else_=0)).label(f"{name}_ignored"),
        ]
    row = session.execute(select(*sums).where(HAS_CONCERN, *selection.condition())).one()._mapping
    return {name: {"count": row[name] or 0, "ignored": row[f"{name}_ignored"] or 0} for name in CONCERNS}


def most_urgent(counts: dict[str, dict[str, int]]) -> str:
    """The first concern that any picture has, else the first of all."""
    return next((name for name, numbers in counts.items() if numbers["count"]), next(iter(counts)))


def page_of_concern(
    session: Session, wanted: AttentionSelection, prefix: str, limit: int, after: str = "", before: str = ""
) -> AttentionPage:
    """The pictures after a place, or before one; `Invalid` for a place that is none."""
    conditions = conditions_of(session, wanted)
    keys = select(TABLE.c.folder_id, TABLE.c.name, *ORDER[:2]).where(*conditions)
    rows = session.execute(part_of_keys(keys, limit, after, before)).all()
    rows = rows[::-1] if before else rows
    total = count_where(session, conditions)
    if not rows:
        return AttentionPage([], total if after else 0, total)
    first = count_where(session, [*conditions, tuple_(*ORDER) < place_values(place_of_row(rows[0]))])
    return AttentionPage(list(described_concerns(session, wanted, rows, prefix)), first, total)


def conditions_of(session: Session, wanted: AttentionSelection) -> list[ColumnElement[bool]]:
    bit = int(CONCERNS[wanted.concern])
    hidden = is_ignored(ignored_kinds(session, bit), bit)
    has = TABLE.c.concerns.bitwise_and(bit) != 0
    shown = hidden if wanted.ignored else not_(hidden)
    return [HAS_CONCERN, has, shown, *wanted.selection.condition()]


def part_of_keys(keys: Select, limit: int, after: str, before: str) -> Select:
    if before:
        earlier = keys.where(tuple_(*ORDER) < place_values(before))
        return earlier.order_by(*(column.desc() for column in ORDER)).limit(limit)
    later = keys.where(tuple_(*ORDER) > place_values(after)) if after else keys
    return later.order_by(*ORDER).limit(limit)


def count_where(session: Session, conditions: list[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(TABLE).where(*conditions)) or 0


def described_concerns(
    session: Session, wanted: AttentionSelection, keys: list[Any], prefix: str
) -> Iterator[dict[str, Any]]:
    """Entries as the catalogue lists them, each with "entry", "place", "ignore" and "asset".

    "ignore" is the number of its own ignore or None, "asset" the path where the picture lies or would.
    """
    # Not as pairs: for those, SQLite reads the whole table.
    own = TABLE.c.folder_id.in_({key.folder_id for key in keys}), TABLE.c.name.in_({key.name for key in keys})
    whole = TABLE.outerjoin(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    query = select(*COLUMNS, CHOICES.c.type, CHOICES.c.library_name).where(HAS_FOLDER, *own)
    rows = session.execute(
        query.select_from(whole.outerjoin(CHOICES, CHOICES.c.id == TABLE.c.choice_id))
    ).all()
    by_key = {(row.folder_id, row.name): row for row in rows}
    bit = int(CONCERNS[wanted.concern])
    ignores = ignores_of_entries(session, bit, [row.entry for row in rows]) if wanted.ignored else {}
    types = LibraryTypes(session)
    for key in keys:
        if (row := by_key.get((key.folder_id, key.name))) is None:
            continue
        known = {"entry": row.entry, "place": place_of_row(key), "ignore": ignores.get(row.entry)}
        described = described_entry(row, types, prefix)
        asset = described["path"] or (expected_path(wanted.tree, row) if row.choice_id else "")
        yield {**described, **known, "asset": asset}


def place_of_row(row: Any) -> str:
    """The place of a row in the order, as it stands in an address."""
    values = json.dumps([row.sort_key, row.kind, row.folder_id, row.name], ensure_ascii=False)
    return urlsafe_b64encode(values.encode()).decode().rstrip("=")


def is_word(text: str) -> bool:
    return "\0" not in text and is_storable(text)


def place_values(text: str) -> tuple:
    """What `place_of_row` was made of."""
    try:
        values = json.loads(urlsafe_b64decode(text[:LONGEST_PLACE] + "=" * (-len(text) % 4)))
    except ValueError as error:
        raise Invalid("That is no place in the list: load it from its beginning.") from error
    is_place = isinstance(values, list) and [type(value) for value in values] == [*SHAPES]
    if not is_place or not 0 <= values[2] < 2**31 or not all(is_word(str(value)) for value in values):
        raise Invalid("That is no place in the list: load it from its beginning.")
    return tuple(values)
