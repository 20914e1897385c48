import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.choices.documents import choice_list_parts, overview_parts
from app.core.choices.overview import OverviewSelection, category_settings, overview_page
from app.core.choices.rules import CATEGORIES, CategoryRules, categories
from app.core.choices.showing import Showing
from app.core.choices.table import TABLE
from tests.choices import make_row, stored, take
from tests.trees import ADDRESSES

RULES = CategoryRules("xx", "xx", "xx", "xx", "tmdb")
SHOWING = Showing(ZoneInfo("Europe/Berlin"))
FIELDS = {
    "id",
    "owner",
    "upload",
    "Title",
    "Type",
    "Rootfolder",
    "LibraryName",
    "Language",
    "Fallback",
    "TextTruncated",
    "DownloadSource",
    "FavProviderLink",
    "Manual",
    "tmdbid",
    "tvdbid",
    "imdbid",
    "created_at",
    "updated_at",
    "poster_url",
    *ADDRESSES,
    "has_poster",
    "created",
    "modified",
}
OF_ARTWORK = ("poster_url", "has_poster", "created", "modified", "owner", "upload")


def selected(machine, grades=TABLE.c.categories, **selection):
    with machine.database.reading() as session:
        return overview_page(session, SHOWING, grades, OverviewSelection(**selection))


def whole(machine, grades=TABLE.c.categories):
    with machine.database.reading() as session:
        parts = overview_parts(session, SHOWING, grades, RULES, machine.paths.database)
        return json.loads(b"".join(parts))


def shown_titles(overview, category):
    return [entry["Title"] for entry in overview["categories"][category]["assets"]]


def german(count):
    return [make_row(Title=f"{number:04} Ä", Language="de") for number in range(count)]


@pytest.mark.parametrize("ask", [whole, selected])
def test_all_seven_categories_are_there_before_anything_is(machine, ask):
    found = ask(machine)["categories"]
    assert found == {name: {"count": 0, "assets": []} for name in CATEGORIES}
    assert len(found) == 7


@pytest.mark.parametrize("ask", [whole, selected])
def test_each_category_lists_its_choices_the_newest_first(machine, ask):
    rows = [
        make_row(Title="fine"),
        make_row(Title="german", Language="de"),
        make_row(Title="none", Download_Source="false", Language="false"),
        make_row(Title="elsewhere", Fav_Provider_Link="False"),
        make_row(Title="fanart", Download_Source="https://assets.fanart.tv/x"),
        make_row(Title="cut", TextTruncated="True"),
        make_row(Title="done", Manual="true", Language="de"),
    ]
    take(machine, *rows)
    overview = ask(machine)
    assert {name: shown_titles(overview, name) for name in CATEGORIES} == {
        "missing_assets": ["none"],
        "missing_assets_fav_provider": ["elsewhere"],
        "non_primary_lang": ["none", "german"],
        "non_primary_provider": ["fanart"],
        "truncated_text": ["cut"],
        "assets_with_issues": ["cut", "fanart", "elsewhere", "none", "german"],
        "resolved": ["done"],
    }
    for name in CATEGORIES:
        assert overview["categories"][name]["count"] == len(shown_titles(overview, name))


def test_an_entry_has_every_field_and_flags_are_words(machine):
    take(machine, make_row(Language="de", TextTruncated="True", Fallback="text"))
    [entry] = whole(machine)["categories"]["truncated_text"]["assets"]
    assert entry.keys() == FIELDS
    assert (entry["TextTruncated"], entry["Fallback"], entry["Manual"]) == ("true", "text", "false")
    assert (entry["has_poster"], entry["poster_url"], entry["created"]) == (False, None, None)


def test_times_are_local(machine):
    take(machine, make_row(Language="de"))
    moment = datetime(2025, 11, 25, 15, 30, 3, tzinfo=UTC)
    with machine.database.writing() as session:
        session.execute(TABLE.update().values(created_at=moment))
    [entry] = whole(machine)["categories"]["non_primary_lang"]["assets"]
    assert entry["created_at"] == "2025-11-25 16:30:03"


def test_a_page_is_a_part_of_the_whole(machine):
    take(machine, *german(1100))
    everything = whole(machine)["categories"]["non_primary_lang"]
    assert everything["count"] == len(everything["assets"]) == 1100
    found = selected(machine, category="non_primary_lang", limit=40, offset=1070)
    assert found["categories"]["non_primary_lang"] == {"count": 1100, "assets": everything["assets"][1070:]}
    assert (found["total"], found["limit"], found["offset"]) == (1100, 40, 1070)


def test_other_categories_than_the_wanted_are_counted_only(machine):
    take(machine, *german(3))
    found = selected(machine, category="resolved")
    assert found["categories"]["non_primary_lang"] == {"count": 3, "assets": []}
    assert found["total"] == 0


def test_without_a_category_each_has_its_page(machine):
    take(machine, *german(3), make_row(Title="fine"))
    found = selected(machine, limit=2)
    assert shown_titles(found, "non_primary_lang") == shown_titles(found, "assets_with_issues")
    assert shown_titles(found, "assets_with_issues") == ["0002 Ä", "0001 Ä"]
    assert found["total"] == 4


def test_settings_that_changed_count_in_pages_and_in_the_whole(machine):
    take(machine, *german(2))
    grades = categories(CategoryRules("de", "de", "de", "de", "tmdb"))
    assert shown_titles(whole(machine, grades), "non_primary_lang") == []
    assert selected(machine, grades)["categories"]["non_primary_lang"]["count"] == 0
    assert selected(machine)["categories"]["non_primary_lang"]["count"] == 2


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("alien", ["Alien"]),
        ("ÄRGER", ["Ärger"]),
        ("100%", ["100%_"]),
        ("%", ["100%_"]),
        ("_", ["100%_"]),
        ("\\", ["back\\slash"]),
        ("(1979)", ["back\\slash", "100%_", "Ärger", "Alien"]),
        ("  ", ["back\\slash", "100%_", "Ärger", "Alien"]),
        ("tv-library", []),
    ],
)
def test_a_search_is_for_letters_as_they_are_whatever_their_case(machine, search, expected):
    known = ("Alien", "Ärger", "100%_", "back\\slash")
    take(machine, *(make_row(Title=title, Rootfolder="(1979)", Language="de") for title in known))
    found = selected(machine, search=search, category="non_primary_lang")
    assert shown_titles(found, "non_primary_lang") == expected
    assert found["total"] == len(expected)


def test_the_whole_list_holds_every_choice_once(machine):
    take(machine, *german(1003), make_row(Title="fine"))
    with machine.database.reading() as session:
        found = json.loads(b"".join(choice_list_parts(session, SHOWING)))
    assert [entry["id"] for entry in found] == sorted((row["id"] for row in stored(machine)), reverse=True)
    assert found[0].keys() == FIELDS - {*OF_ARTWORK, *ADDRESSES}


def test_a_list_of_nothing_is_an_empty_array(machine):
    with machine.database.reading() as session:
        assert b"".join(choice_list_parts(session, SHOWING)) == b"[]"


def test_clients_are_told_what_the_categories_follow_from():
    assert category_settings(CategoryRules("de", "en", "fr", "it", "")) == {
        "primary_language": "de",
        "primary_provider": None,
        "primary_language_background": "en",
        "primary_language_season": "fr",
        "primary_language_titlecard": "it",
    }
