"""Counts of facets and pages of entries, compared with what a plain loop over the rows finds."""

from itertools import product

import pytest

from app.core.assets.arrangement import Arrangement
from app.core.catalogue.facets import facet_counts
from app.core.catalogue.facts import Flag
from app.core.catalogue.listing import ORDERS, catalogued_entries, entry_count
from app.core.catalogue.selection import FLAGS, Selection
from app.core.catalogue.table import NO_FOLDER, TABLE
from app.core.choices.rules import CATEGORIES
from tests.core.catalogue.entries import entry, fill

KINDS, LIBRARIES, LETTERS = ("poster", "background", "other"), ("Films", "TV"), ("#", "A", "Z", "*")
FIRST = next(iter(CATEGORIES))


@pytest.fixture
def rows(session):
    """Each kind in each library under each letter; some are by hand, some have no picture."""
    made = [
        entry(
            number,
            kind=kind,
            library=library,
            letter=letter,
            year=None if number % 5 == 0 else 1970 + number % 3,
            flags=int(Flag.BY_HAND) if number % 3 == 0 else 0,
            categories=CATEGORIES[FIRST] if number % 2 else 0,
            folder_id=NO_FOLDER if number % 4 == 0 else 1,
        )
        for number, (kind, library, letter) in enumerate(product(KINDS, LIBRARIES, LETTERS), 1)
    ]
    fill(session, made)
    return made


def holds(row, name, value):
    if name == "category":
        return bool(row["categories"] & CATEGORIES[value])
    if name == "missing":
        return (row["folder_id"] == NO_FOLDER) is value
    return bool(row["flags"] & FLAGS[name]) is value if name in FLAGS else row[name] == value


def chosen(rows, filters, without=None):
    """The rows that all filters but one leave; what no gallery shows is left out where no kind is named."""
    named = [pair for pair in filters if pair[0] != without]
    shows_other = without == "kind" or "kind" in dict(filters)
    return [
        row
        for row in rows
        if (shows_other or row["kind"] != "other") and all(holds(row, *pair) for pair in named)
    ]


@pytest.mark.parametrize(
    "filters",
    [
        (),
        (("kind", "poster"),),
        (("kind", "other"),),
        (("letter", "A"), ("library", "TV")),
        (("year", 1971), ("by_hand", True)),
        (("by_hand", False), ("kind", "poster"), ("category", FIRST)),
        (("letter", "nowhere"),),
    ],
)
def test_each_facet_is_counted_as_if_it_were_not_filtered_by_itself(session, rows, filters):
    found = facet_counts(session, Selection(1, (), filters))
    assert found["total"] == len(chosen(rows, filters)) == entry_count(session, Selection(1, (), filters))
    for name in ("kind", "library"):
        counted = {each["value"]: each["count"] for each in found[name]}
        others = chosen(rows, filters, name)
        assert counted == {
            value: n
            for value in {row[name] for row in others}
            if (n := sum(row[name] == value for row in others))
        }
    assert found["flags"]["by_hand"] == sum(
        holds(row, "by_hand", True) for row in chosen(rows, filters, "by_hand")
    )
    assert found["categories"][FIRST] == sum(
        bool(row["categories"]) for row in chosen(rows, filters, "category")
    )
    years = {each["year"]: each["count"] for each in found["years"]}
    with_year = [row["year"] for row in chosen(rows, filters, "year") if row["year"]]
    assert years == {year: with_year.count(year) for year in set(with_year)}
    assert list(years) == sorted(years, reverse=True)


def test_the_offset_of_a_letter_is_the_place_of_its_first_entry_in_the_order_of_titles(session, rows):
    listed = list(catalogued_entries(session, Selection(1), Arrangement(sort="title", limit=100), "x"))
    letters = facet_counts(session, Selection(1))["letters"]
    assert [each["letter"] for each in letters] == ["#", "A", "Z", "*"]
    for each in letters:
        assert listed[each["offset"]]["letter"] == each["letter"]
        assert each["offset"] == 0 or listed[each["offset"] - 1]["letter"] != each["letter"]


@pytest.mark.parametrize(
    ("name", "value"), [("missing", True), ("missing", False), ("by_hand", True), ("category", FIRST)]
)
def test_a_filter_of_the_database_and_one_of_a_loop_leave_the_same(session, rows, name, value):
    selection = Selection(1, (), ((name, value),))
    assert entry_count(session, selection) == len(chosen(rows, ((name, value),)))


@pytest.mark.parametrize(("sort", "descending"), list(product(ORDERS, (False, True))))
def test_pages_in_any_order_hold_every_entry_once(session, rows, sort, descending):
    selection, found = Selection(1), []
    for offset in range(0, 20, 5):
        found += catalogued_entries(
            session, selection, Arrangement(sort=sort, descending=descending, limit=5, offset=offset), "x"
        )
    names = [one["path"] or (one["letter"], one["kind"], one["library"]) for one in found]
    assert len(names) == len(set(names)) == len(chosen(rows, ()))


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("alien",), 1),
        (("alien", "1979"), 1),
        (("alien", "1986"), 0),
        (("%",), 1),
        (("_",), 0),
        (("100%",), 1),
    ],
)
def test_signs_of_a_pattern_are_searched_as_they_are(session, words, count):
    fill(session, [entry(1, searched="alien 1979"), entry(2, searched="100% wolf")])
    assert entry_count(session, Selection(1, words)) == count
    assert entry_count(session, Selection(None, words)) == entry_count(session, Selection(2, words)) == 0


def test_the_table_of_the_tests_has_the_columns_of_the_catalogue():
    assert entry(1).keys() == {column.name for column in TABLE.c}
