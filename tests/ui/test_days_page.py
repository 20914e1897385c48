"""The wall on any day, as the server renders it."""

from urllib.parse import quote

import pytest

from tests.api.test_days import ALIEN, BRAZIL, HEAT, UP, days, history
from tests.days import path_of, picture
from tests.trees import catalogue

__all__ = ["days", "history"]


def page_of(client, **query):
    answer = client.get("/server/library/days", query_string=query, base_url="http://localhost/base")
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


def tiles(page):
    """The tiles by their paths."""
    found = page.partition('<ul aria-label="The pictures')[2].partition("</ul>")[0].split('<li class="')[1:]
    return {each.partition('data-path="')[2].partition('"')[0]: each for each in found}


def test_without_a_run_it_says_how_there_come_to_be_days(client):
    page = page_of(client)
    assert "No run has changed a picture yet" in page and 'href="/base/server/runs"' in page


def test_the_library_is_shown_as_it_was_with_what_differs_marked(client, machine, days):
    catalogue(machine)
    found = tiles(page_of(client, day=days[0]))
    assert set(found) == {ALIEN, HEAT, UP}
    assert f"/base/api/assets/{quote(ALIEN)}/versions/" in found[ALIEN] and "changed since" in found[ALIEN]
    assert "It was not there yet" in found[HEAT] and "chosen by hand since" in found[UP]
    season = tiles(page_of(client, day=days[1], kind="season"))[path_of("Dark/Season01")]
    assert "data-pick" in season and "folder=TV/Dark" in season
    alien = tiles(page_of(client, day=days[1]))[ALIEN]
    assert "/base/api/thumbnail?" in alien and "data-pick" not in alien and "of-same" in alien


def test_only_what_changed_since_has_what_is_gone_too_and_can_be_narrowed_to_a_show(client, days):
    page = page_of(client, day=days[0], show="changed")
    assert set(tiles(page)) == {ALIEN, BRAZIL, HEAT, UP, path_of("Dark/Season01")}
    assert "gone since" in tiles(page)[BRAZIL] and "picture/" not in tiles(page)[BRAZIL]
    page = page_of(client, day=days[0], show="changed", folder="TV/Dark")
    assert list(tiles(page)) == [path_of("Dark/Season01")] and "All of this item back" in page


def test_it_begins_with_the_day_before_the_newest_run_and_names_each_with_its_run(client, days):
    for name in ("", "nowhere"):
        page = page_of(client, day=name, show="changed")
        assert set(tiles(page)) == {UP, path_of("Dark/Season01")}
    by_run = page_of(client, run=1, show="changed")
    assert f'data-day="{days[0]}"' in by_run
    assert page.count("data-what=") == 3 and "Full run #2" in page and 'href="/base/server/runs/2"' in page


def test_bytes_that_are_gone_and_files_of_other_hands_are_said_and_not_offered(client, history, days):
    history.forget("Alien", 1)
    (history.assets / UP).write_bytes(picture(99))
    found = tiles(page_of(client, day=days[0], show="changed"))
    assert "not kept any more" in found[ALIEN] and "data-pick" not in found[ALIEN]
    assert "changed by other hands" in found[UP] and "data-pick" not in found[UP]


def test_parts_of_many_pictures_are_led_through(client, history):
    first = history.run(**{f"Film {number:03}": number for number in range(70)})
    history.run(**{f"Film {number:03}": 100 + number for number in range(70)})
    page = page_of(client, day=first, show="changed")
    assert len(tiles(page)) == 60
    rest = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert len(tiles(client.get(rest.removeprefix("/base")).text)) == 10


@pytest.mark.parametrize("field", ["day", "folder", "after"])
def test_what_no_database_takes_counts_as_absent(client, days, field):
    page_of(client, **{field: "a\0b", "show": "changed", "page": "x", "kind": "nothing"})


def test_a_damaged_journal_is_said(client, machine, days):
    (machine.paths.engine / "engine.db").write_bytes(b"damaged" * 999)
    assert "journal of the poster script cannot be read" in page_of(client)
