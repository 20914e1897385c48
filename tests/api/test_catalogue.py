"""The catalogue over HTTP: pages, filters, searches, and counts of everything that can be filtered by."""

from itertools import product

import pytest

from app.services.keys import create_key
from tests.api.test_assets import roots
from tests.choices import make_row, take
from tests.trees import catalogue, index, make_tree

__all__ = ["roots"]

SHOW = "Élite (2018) [tvdb-1]"


@pytest.fixture
def library(machine, roots):
    make_tree(roots["assets"], "Movies/The Matrix (1999)/poster.jpg", "Movies/Alien (1979)/poster.jpg")
    make_tree(roots["assets"], "Movies/Alien (1979)/background.jpg", "Movies/Alien (1979)/logo.png")
    make_tree(roots["assets"], f"TV/{SHOW}/poster.jpg", f"TV/{SHOW}/Season10.jpg", f"TV/{SHOW}/Season2.jpg")
    make_tree(roots["assets"], "Movies/12 Monkeys (1995)/poster.jpg", "Movies/千と千尋 (2001)/poster.jpg")
    make_tree(roots["manual"], "Movies/Alien (1979)/poster.jpg")
    item = {"Type": "Show", "Rootfolder": SHOW, "LibraryName": "TV"}
    take(
        machine,
        make_row(Language="en", TextTruncated="true"),
        make_row(Title="The Matrix", Rootfolder="The Matrix (1999)", Fallback="true", Manual="Yes"),
        make_row(Title="Élite", Language="de", Download_Source="https://thetvdb.com/x.jpg", **item),
        make_row(Title="Brazil", Rootfolder="Brazil (1985)", Download_Source="false", Language="false"),
    )
    catalogue(machine)
    return roots


def names(client, query=""):
    """Item and file of each entry, the title of one without a picture."""
    answer = client.get(f"/api/assets/catalogue{query}")
    assert answer.status_code == 200, answer.json
    return [each["item"].partition(" (")[0] + "/" + (each["name"] or "-") for each in answer.json["assets"]]


def index_of(client, query=""):
    answer = client.get(f"/api/assets/catalogue/index{query}")
    assert answer.status_code == 200, answer.json
    return answer.json


def values(found, name):
    return {each["value"]: each["count"] for each in found[name]}


WHOLE = [
    *("12 Monkeys/poster.jpg", "Alien/poster.jpg", "Alien/background.jpg", "Brazil/-"),
    *("Élite/poster.jpg", "Élite/Season2.jpg", "Élite/Season10.jpg"),
    *("The Matrix/poster.jpg", "千と千尋/poster.jpg"),
]


def test_everything_is_listed_by_title(client, library):
    assert names(client) == WHOLE
    answer = client.get("/api/assets/catalogue?limit=2&offset=3").json
    assert (answer["total"], answer["count"], answer["limit"], answer["offset"]) == (9, 2, 2, 3)
    assert answer["scanning"] is False


def test_pages_of_any_order_make_up_the_whole(client, library):
    for sort, order in product(("title", "path", "name", "size", "modified", "created"), ("asc", "desc")):
        query = f"?sort={sort}&order={order}"
        pages = [names(client, f"{query}&limit=4&offset={offset}") for offset in (0, 4, 8)]
        assert sum(pages, []) == names(client, query) and sorted(sum(pages, [])) == sorted(WHOLE)


FILTERED = {
    "kind=season": ["Élite/Season2.jpg", "Élite/Season10.jpg"],
    "kind=other": ["Alien/logo.png"],
    "library=TV&kind=poster": ["Élite/poster.jpg"],
    "library=nowhere": [],
    "language=xx": ["The Matrix/poster.jpg"],
    "provider=TVDB": ["Élite/poster.jpg"],
    "textless=true": ["The Matrix/poster.jpg"],
    "fallback=true": ["The Matrix/poster.jpg"],
    "truncated=true": ["Alien/poster.jpg"],
    "truncated=false&letter=A": ["Alien/background.jpg"],
    "resolved=true": ["The Matrix/poster.jpg"],
    "missing=true": ["Brazil/-"],
    "missing=false&letter=B": [],
    "category=missing_assets": ["Brazil/-"],
    "letter=%23": ["12 Monkeys/poster.jpg"],
    "letter=*": ["千と千尋/poster.jpg"],
    "year=1979": ["Alien/poster.jpg", "Alien/background.jpg"],
    "owner=ours": [],
    "search=ELITE%20season": ["Élite/Season2.jpg", "Élite/Season10.jpg"],
    "search=alien&kind=background": ["Alien/background.jpg"],
    "search=brazil": ["Brazil/-"],
    "search=%25": [],
    "search=_": [],
    "root=manual": ["Alien/poster.jpg"],
    "root=backup": [],
}


def test_entries_are_filtered_and_counted_alike(client, library):
    assert {query: names(client, f"?{query}") for query in FILTERED} == FILTERED
    counts = {query: index_of(client, f"?{query}")["total"] for query in FILTERED}
    assert counts == {query: len(found) for query, found in FILTERED.items()}


def test_an_entry_says_all_that_is_known(client, library):
    (entry,) = client.get("/api/assets/catalogue?truncated=true").json["assets"]
    assert entry["choice_id"] and entry["path"] == "Movies/Alien (1979)/poster.jpg"
    assert (entry["type"], entry["title"], entry["letter"], entry["year"]) == ("Movie", "Alien", "A", 1979)
    assert (entry["language"], entry["provider"], entry["owner"]) == ("en", "TMDB", "")
    (missing,) = client.get("/api/assets/catalogue?missing=true").json["assets"]
    assert (missing["title"], missing["item"], missing["kind"]) == ("Brazil", "Brazil (1985)", "poster")
    assert {missing[name] for name in ("path", "name", "url", "image_url", "hash", "size")} == {None}
    (manual,) = client.get("/api/assets/catalogue?root=manual").json["assets"]
    assert manual["url"].startswith("/manual_poster_assets/")


def test_letters_lead_to_their_places(client, library):
    letters = index_of(client)["letters"]
    assert [(each["letter"], each["count"]) for each in letters] == [
        *(("#", 1), ("A", 2), ("B", 1), ("E", 3), ("M", 1), ("*", 1)),
    ]
    for each in letters:
        (entry,) = client.get(f"/api/assets/catalogue?limit=1&offset={each['offset']}").json["assets"]
        assert entry["letter"] == each["letter"]


def test_years_kinds_libraries_and_flags_are_counted(client, library):
    found = index_of(client)
    assert found["years"][:2] == [{"year": 2018, "count": 3}, {"year": 2001, "count": 1}]
    assert values(found, "kind") == {"poster": 6, "season": 2, "background": 1, "other": 1}
    assert values(found, "library") == {"Movies": 6, "TV": 3}
    assert values(found, "language") == {"": 6, "en": 1, "xx": 1, "de": 1}
    assert values(found, "provider") == {"": 6, "TMDB": 2, "TVDB": 1}
    counts = {"missing": 1, "textless": 1, "fallback": 1, "truncated": 1, "by_hand": 0, "resolved": 1}
    assert found["flags"] == counts | {"by_hand": 1}
    assert found["categories"]["missing_assets"] == 1


def test_a_facet_is_counted_without_its_own_filter_and_with_all_others(client, library):
    found = index_of(client, "?library=Movies&letter=A&search=alien")
    assert found["total"] == 2
    assert values(found, "library") == {"Movies": 2}
    assert [each["letter"] for each in found["letters"]] == ["A"]
    found = index_of(client, "?library=TV&kind=season")
    assert values(found, "kind") == {"season": 2, "poster": 1}
    assert values(found, "library") == {"TV": 2}
    assert index_of(client, "?truncated=true")["flags"]["truncated"] == 1


REFUSED = [
    *("kind=banner", "root=etc", "year=x", "category=all", "missing=perhaps", "search=%00", "library=%00"),
    *("letter=abcde", "search=" + "x" * 201),
]
REFUSED_PAGES = ["limit=0", "limit=5001", "offset=-1", "sort=colour", "order=up"]


def test_what_cannot_be_asked_for_is_refused(client):
    for query in REFUSED:
        assert client.get(f"/api/assets/catalogue/index?{query}").status_code == 400, query
    for query in REFUSED + REFUSED_PAGES:
        assert client.get(f"/api/assets/catalogue?{query}").status_code == 400, query


def test_before_the_first_scan_there_is_nothing_and_a_caller_needs_the_right_to_read(
    client, anonymous, machine, roots
):
    assert client.get("/api/assets/catalogue").json["assets"] == []
    assert index_of(client)["letters"] == [] and index_of(client)["scanning"]
    make_tree(roots["assets"], "Movies/Alien (1979)/poster.jpg")
    index(machine)
    # The index knows it, the catalogue not yet.
    answers = [
        client.get(f"/api/{path}").json for path in ("gallery", "gallery?sort=title", "assets/catalogue")
    ]
    assert [(answer["total"], answer["scanning"]) for answer in answers] == [(1, False), (0, True), (0, True)]
    catalogue(machine)
    assert client.get("/api/assets/catalogue").json["scanning"] is False
    for path in ("catalogue", "catalogue/index"):
        assert anonymous.get(f"/api/assets/{path}").status_code == 401
    anonymous.environ_base["HTTP_X_API_KEY"] = create_key(machine, "runner", ["run"])[1]
    assert anonymous.get("/api/assets/catalogue").status_code == 403
