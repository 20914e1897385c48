"""How many entries there are of each letter, year, library and so on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.assets.naming import OTHER
from app.core.catalogue.selection import CATEGORY, FLAGS, Selection
from app.core.catalogue.table import TABLE
from app.core.catalogue.titles import by_letter
from app.core.choices.rules import CATEGORIES
from app.models.catalogue import GROUPED

VALUES = ("kind", "library", "language", "provider", "owner", "upload")
# These have so many values that the database counts each of them by itself.
MANY = ("letter", "year")
LISTS = ("letters", "years")


class Combination(NamedTuple):
    """Values that some entries have in common, and how many these are."""

    kind: str
    library: str
    language: str
    provider: str
    owner: str
    upload: str
    flags: int
    categories: int
    amount: int

    def holds(self, name: str, value: Any) -> bool:
        if name == CATEGORY:
            return bool(self.categories & CATEGORIES[value])
        if name in FLAGS:
            return bool(self.flags & FLAGS[name]) == value
        return getattr(self, name) == value


def facet_counts(session: Session, selection: Selection, many: Sequence[str] = LISTS) -> dict[str, Any]:
    """{"total", "flags", "categories"}, a list of values for each of `VALUES`, and those of `many`.

    Each is counted as if it were not filtered by itself, so that a page can offer its other values.
    `many` are "letters" and "years", each of which takes another pass over the index.
    """
    every = combinations(session, selection)
    return {
        "total": sum(each.amount for each in filtered_entries(every, selection, None)),
        **({"letters": letter_counts(session, selection)} if "letters" in many else {}),
        **({"years": year_counts(session, selection)} if "years" in many else {}),
        **{name: value_counts(filtered_entries(every, selection, name), name) for name in VALUES},
        "flags": {
            name: bit_count(filtered_entries(every, selection, name), "flags", bit)
            for name, bit in FLAGS.items()
        },
        "categories": {
            name: bit_count(filtered_entries(every, selection, CATEGORY), "categories", bit)
            for name, bit in CATEGORIES.items()
        },
    }


def combinations(session: Session, selection: Selection) -> list[Combination]:
    """All that the words, the initial and the year leave, in one pass over the table."""
    few = selection._replace(filters=tuple(pair for pair in selection.filters if pair[0] in MANY))
    columns = [TABLE.c[name] for name in GROUPED]
    query = select(*columns, func.count()).where(*few.condition(without="kind")).group_by(*columns)
    return [Combination(*row) for row in session.execute(query)]


def filtered_entries(
    every: list[Combination], selection: Selection, without: str | None
) -> list[Combination]:
    """Those that all other filters leave."""
    filters = [(name, value) for name, value in selection.filters if name not in (without, *MANY)]
    hides_other = without != "kind" and "kind" not in dict(filters)
    return [
        each
        for each in every
        if not (hides_other and each.kind == OTHER) and all(each.holds(*pair) for pair in filters)
    ]


def letter_counts(session: Session, selection: Selection) -> list[dict[str, Any]]:
    """[{"letter", "count", "offset"}]: the offset is the place of the first entry in the order of titles."""
    found = database_counts(session, selection, "letter")
    letters = sorted(found, key=by_letter)
    offsets = accumulate((found[letter] for letter in letters), initial=0)
    return [
        {"letter": letter, "count": found[letter], "offset": offset}
        for letter, offset in zip(letters, offsets, strict=False)
    ]


def year_counts(session: Session, selection: Selection) -> list[dict[str, int]]:
    """[{"year", "count"}], the latest first; what has no year is left out."""
    found = database_counts(session, selection, "year")
    years = sorted((year for year in found if year is not None), reverse=True)
    return [{"year": year, "count": found[year]} for year in years]


def database_counts(session: Session, selection: Selection, name: str) -> dict[Any, int]:
    column, condition = TABLE.c[name], selection.condition(without=name)
    if selection.words:
        query = select(column, func.count()).where(*condition).group_by(column)
        return dict(session.execute(query).all())
    # Grouped as the index is, which leaves few rows to be sorted by the column.
    together = [TABLE.c[each] for each in (*GROUPED, *MANY[: MANY.index(name) + 1])]
    parts = select(column, func.count().label("count")).where(*condition).group_by(*together).subquery()
    query = select(parts.c[name], func.sum(parts.c.count)).group_by(parts.c[name])
    return {value: int(count) for value, count in session.execute(query)}


def value_counts(found: Iterable[Combination], name: str) -> list[dict[str, Any]]:
    """[{"value", "count"}], the most frequent first; "" is what is not known."""
    counts: Counter[str] = Counter()
    for each in found:
        counts[getattr(each, name)] += each.amount
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"value": value, "count": count} for value, count in ordered]


def bit_count(found: Iterable[Combination], column: str, bit: int) -> int:
    return sum(each.amount for each in found if getattr(each, column) & bit)
