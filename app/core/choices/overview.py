"""The choices that need a person's attention, by category."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from app.core.choices.rules import CATEGORIES, CategoryRules
from app.core.choices.showing import COLUMNS, Showing
from app.core.choices.table import TABLE
from app.core.exports.sheets import searchable

BATCH = 1000


class OverviewSelection(NamedTuple):
    """The requested part of the overview: some rows of one category, or of each."""

    category: str | None = None
    search: str = ""
    limit: int = 50
    offset: int = 0

    @property
    def shown(self) -> tuple[str, ...]:
        return (self.category,) if self.category else tuple(CATEGORIES)

    @property
    def condition(self) -> ColumnElement[bool]:
        term = searchable(self.search.strip())
        return TABLE.c.searched.contains(term, autoescape=True) if term else true()


def category_settings(rules: CategoryRules) -> dict[str, str | None]:
    """The settings that define the categories, by the names of the API."""
    return {
        "primary_language": rules.poster or None,
        "primary_provider": rules.provider or None,
        "primary_language_background": rules.background or None,
        "primary_language_season": rules.season or None,
        "primary_language_titlecard": rules.titlecard or None,
    }


def overview_page(
    session: Session, showing: Showing, grades: ColumnElement[int], selection: OverviewSelection
) -> dict[str, Any]:
    """Counts of all categories, with some rows, and how many choices there are to page through."""
    amounts = mask_counts(session, grades, selection)
    ids = {
        name: page_ids(session, grades, selection, masks_with(CATEGORIES[name], amounts))
        for name in selection.shown
    }
    rows = describe_choices(session, showing, {number for found in ids.values() for number in found})
    found = {name: [rows[number] for number in ids.get(name, ()) if number in rows] for name in CATEGORIES}
    categories = {
        name: {"count": category_count(bit, amounts), "assets": found[name]}
        for name, bit in CATEGORIES.items()
    }
    total = categories[selection.category]["count"] if selection.category else sum(amounts.values())
    return {"categories": categories, "total": total, "limit": selection.limit, "offset": selection.offset}


def mask_counts(session: Session, grades: ColumnElement[int], selection: OverviewSelection) -> dict[int, int]:
    """How many choices have each combination of categories."""
    mask = grades.label("mask")
    query = select(mask, func.count()).where(selection.condition).group_by(mask)
    return dict(session.execute(query).all())


def category_count(bit: int, amounts: dict[int, int]) -> int:
    return sum(amount for mask, amount in amounts.items() if mask & bit)


def masks_with(bit: int, amounts: dict[int, int]) -> list[int]:
    return [mask for mask in amounts if mask & bit]


def page_ids(
    session: Session, grades: ColumnElement[int], selection: OverviewSelection, masks: list[int]
) -> list[int]:
    """The choices of one page that have one of these combinations of categories, the newest first."""
    query = select(TABLE.c.id).where(grades.in_(masks), selection.condition).order_by(TABLE.c.id.desc())
    return list(session.scalars(query.limit(selection.limit).offset(selection.offset))) if masks else []


def describe_choices(session: Session, showing: Showing, ids: set[int]) -> dict[int, dict[str, Any]]:
    rows = session.execute(select(*COLUMNS).where(TABLE.c.id.in_(ids))).all()
    return {entry["id"]: entry for entry in showing.with_artwork(session, rows)}


def choices_in_batches(
    session: Session, showing: Showing, grades: ColumnElement[int]
) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    """Every choice that has a category, the newest first, with its categories."""
    query = select(*COLUMNS, grades.label("mask")).where(grades != 0).order_by(TABLE.c.id.desc()).limit(BATCH)
    rows = session.execute(query).all()
    while rows:
        entries = showing.with_artwork(session, rows)
        yield list(zip((row.mask for row in rows), entries, strict=True))
        rows = session.execute(query.where(TABLE.c.id < rows[-1].id)).all()
