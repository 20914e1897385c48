"""Counts of facets and pages of entries, compared with what a plain loop over the rows finds."""

from itertools import product

import pytest
from sqlalchemy import text

from app.core.assets.arrangement import Arrangement
from app.core.catalogue.facets import facet_counts
from app.core.catalogue.facts import Flag
from app.core.catalogue.listing import ORDERS, catalogued_entries, entry_count, page_of_entries
from app.core.catalogue.selection import FLAGS, Selection
from app.core.catalogue.table import NO_FOLDER, TABLE
from app.core.catalogue.titles import by_letter
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


@pytest.mark.parametrize(("sort", "descending"), list(product(ORDERS, (False, True))))
def test_a_part_that_is_counted_from_the_end_is_the_same(session, rows, sort, descending):
    selection, total = Selection(1), len(chosen(rows, ()))
    for offset, limit in product(range(0, total + 4, 3), (1, 4, 50)):
        part = Arrangement(sort=sort, descending=descending, limit=limit, offset=offset)
        known, unknown = (list(catalogued_entries(session, selection, part, "x", n)) for n in (total, None))
        assert known == unknown


@pytest.mark.parametrize("descending", [False, True])
def test_years_are_in_their_order_and_within_one_the_titles_and_what_has_none_comes_last(
    session, rows, descending
):
    part = Arrangement(sort="year", descending=descending, limit=100)
    years = [each["year"] for each in catalogued_entries(session, Selection(1), part, "x")]
    known = [year for year in years if year]
    assert known == sorted(known, reverse=descending) and not any(years[len(known) :])
    first = [each["letter"] for each in catalogued_entries(session, Selection(1), part, "x")][:3]
    assert first == sorted(first, key=by_letter)


@pytest.mark.parametrize("filters", [(), (("kind", "poster"),), (("library", "TV"), ("language", "de"))])
@pytest.mark.parametrize("sort", ORDERS)
def test_no_order_looks_up_the_rows_of_a_whole_tree_one_by_one(session, rows, sort, filters):
    """Which takes twenty times as long as reading the table from end to end."""
    if session.bind.dialect.name != "sqlite":
        pytest.skip("The other database chooses by what it knows of the table.")
    query = page_of_entries(Selection(1, (), filters), Arrangement(sort=sort, limit=60), 390_000)
    statement = query.compile(session.bind, compile_kwargs={"literal_binds": True})
    steps = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    chosen_by = steps[steps.index("MATERIALIZE anon_1") + 1]
    assert chosen_by == "SCAN asset_catalogue" or "COVERING INDEX" in chosen_by or sort == "path"
    is_sorted = "USE TEMP B-TREE FOR ORDER BY" in steps[: steps.index("SCAN anon_1")]
    assert is_sorted == (sort not in ("title", "modified") or "library" in dict(filters))


@pytest.mark.parametrize("words", [(), ("x",)])
def test_lists_of_many_values_are_counted_only_where_they_are_asked_for(session, rows, words):
    selection = Selection(1, words)
    whole = facet_counts(session, selection)
    for name in ("letters", "years"):
        assert facet_counts(session, selection, (name,)) == {
            key: value for key, value in whole.items() if key in (name, *whole.keys() - {"letters", "years"})
        }


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
