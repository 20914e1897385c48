"""What an event means: ids before the path, the path before title and year, never a part of a title."""

from dataclasses import replace

import pytest

from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import Item, Library, LibraryContent, SourceName
from app.poster.sources.event_match import BestMatch
from app.poster.sources.written_ids import ids_in_name

LIBRARY = Library(SourceName.PLEX, "1", "Shows", LibraryContent.MIXED)


def show(title, year=None, ids="", **facts):
    known = {"key": f"{title}{year}{facts}", "medium": Medium.SHOW, "ids": ids_in_name(ids, Medium.SHOW)}
    return Item(LIBRARY, title=title, year=year, **{**known, **facts})


def event(title="", year=None, ids="", **facts):
    return ImportEvent(Medium.SHOW, title=title, year=year, ids=ids_in_name(ids, Medium.SHOW), **facts)


def found(wanted, *items):
    notes = []
    best = BestMatch(wanted)
    for item in items:
        best.offer(item)
    return best.found(notes.append), notes


HOUSE = show("House", 2004, "tvdb-73255", path="/tv/House", root_folder="House")
USHER = show("The Fall of the House of Usher", 2023, path="/tv/The Fall of the House of Usher (2023)")
WHO_1963 = show("Doctor Who", 1963, "tvdb-76107", path="/tv/Doctor Who", root_folder="Doctor Who")
WHO_2005 = show(
    "Doctor Who", 2005, "tvdb-78804", path="/tv/Doctor Who (2005)", root_folder="Doctor Who (2005)"
)
AMELIE = show("Amélie", 2001, original_title="Le fabuleux destin d'Amélie Poulain", root_folder="Amélie")

CASES = {
    "its id, whatever it is called": (event("Other", 1900, "tvdb-73255"), HOUSE),
    "no part of another title": (event("House", 2004), HOUSE),
    "the year tells two apart": (event("Doctor Who", 2005), WHO_2005),
    "a year off by one": (event("Doctor Who", 2006), WHO_2005),
    "the year in the title": (event("Doctor Who (2005)"), WHO_2005),
    "the path before the title": (event("Doctor Who", path="/tv/Doctor Who (2005)"), WHO_2005),
    "the folder's name on another mount": (event("x", path="/mnt/nas/Doctor Who (2005)"), WHO_2005),
    "a path of Windows": (event("x", path="D:\\TV\\doctor who (2005)\\"), WHO_2005),
    "spelling does not matter": (event("AMELIE!", 2001), AMELIE),
    "the original title": (event("Le Fabuleux Destin d'Amelie Poulain"), AMELIE),
    "the folder, Unicode-normalised": (event("x", path="/films/Amélie"), AMELIE),
}


@pytest.mark.parametrize(("wanted", "expected"), CASES.values(), ids=CASES)
def test_the_one_that_is_meant(wanted, expected):
    items, notes = found(wanted, USHER, WHO_1963, HOUSE, WHO_2005, AMELIE)
    assert (items, notes) == ([expected], [])


def test_two_that_fit_without_a_year_are_none_and_it_says_so():
    items, (note,) = found(event("Doctor Who"), WHO_1963, WHO_2005)
    assert items == []
    assert "fits several items (Doctor Who (1963), Doctor Who (2005))" in note


@pytest.mark.parametrize(
    "wanted",
    [
        event("House", 2004, "tvdb-1"),
        event("House of Usher"),
        event("House", 1985),
        event("Hous"),
        event("", path=""),
        ImportEvent(Medium.FILM, title="House", year=2004),
    ],
)
def test_nothing_fits_and_it_says_so(wanted):
    items, (note,) = found(wanted, HOUSE, USHER)
    assert items == [] and "was not found" in note


def test_one_film_in_two_libraries_is_found_in_both():
    other = replace(LIBRARY, key="2", name="4K")
    twice = [HOUSE, replace(HOUSE, library=other, key="b")]
    assert found(event("House", 2004), *twice)[0] == twice
    assert found(event("x", ids="tvdb-73255"), *twice)[0] == twice
    assert found(event("House"), *twice)[0] == twice


def test_two_shows_of_one_name_and_year_with_different_ids_are_not_one():
    other = replace(HOUSE, library=replace(LIBRARY, key="2"), ids=ids_in_name("tvdb-9", Medium.SHOW), key="b")
    assert found(event("House", 2004), HOUSE, other)[0] == []
