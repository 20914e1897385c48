"""The address of the wall on any day: what is read from it, and what is left out of the next one."""

import pytest

from app.ui.day_wall import ALL, CHANGED, DayQuery, day_query, kind_of_artwork

USUAL = DayQuery(day="", run=0, show=ALL, kind="poster", folder="", after="", page=1)


@pytest.mark.parametrize(
    ("fields", "changes"),
    [
        ({}, {}),
        ({"day": "2026-05-04", "folder": "Films"}, {"day": "2026-05-04", "folder": "Films"}),
        ({"day": "x\0y", "folder": "\ud800", "after": "a" * 100_000}, {}),
        ({"show": CHANGED, "kind": ALL}, {"show": CHANGED, "kind": ALL}),
        ({"show": "others", "kind": "sculpture"}, {}),
        ({"run": "12", "page": "3"}, {"run": 12, "page": 3}),
        ({"run": "last", "page": "-2"}, {"run": 1}),
    ],
)
def test_what_an_address_cannot_mean_counts_as_absent(fields, changes):
    assert day_query(fields) == DayQuery(**{**vars(USUAL), **changes})


@pytest.mark.parametrize(
    ("fields", "changes", "address"),
    [
        ({}, {}, {}),
        ({"day": "2026-05-04", "page": "7", "after": "b"}, {}, {"day": "2026-05-04"}),
        ({"kind": "season"}, {"show": CHANGED}, {"kind": "season", "show": CHANGED}),
        ({"kind": "season", "show": CHANGED}, {"kind": "poster", "show": ALL}, {}),
        ({"folder": "Films"}, {"folder": "", "page": 2}, {"page": 2}),
    ],
)
def test_an_address_names_what_is_not_usual_and_begins_at_the_first_part(fields, changes, address):
    assert day_query(fields).address(**changes) == address


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Films/Alien (1979)/poster.jpg", "poster"),
        ("Shows/Dark/Season02.jpg", "season"),
        ("Shows/Dark/S01E03.jpg", "titlecard"),
        ("Shows/Dark/notes.txt", "other"),
    ],
)
def test_the_kind_of_artwork_is_that_of_its_name(path, kind):
    assert kind_of_artwork(path) == kind
