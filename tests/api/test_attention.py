"""What needs a person over HTTP: counted, listed, ignored, and shown again."""

import pytest

from app.core.attention.ignoring import MOST_KINDS
from tests.api.test_assets import roots
from tests.choices import make_row, take
from tests.trees import catalogue, make_tree

__all__ = ["roots"]

MISSING = {"Download_Source": "false", "Language": "false"}
ALIEN, BRAZIL = (
    make_row(TextTruncated="true"),
    make_row(Title="Brazil", Rootfolder="Brazil (1985)", **MISSING),
)


@pytest.fixture
def troubled(machine, roots):
    make_tree(roots["assets"], "Movies/Alien (1979)/poster.jpg")
    take(machine, ALIEN, BRAZIL)
    catalogue(machine)


def listed(client, query="?concern=missing"):
    answer = client.get(f"/api/attention{query}")
    assert answer.status_code == 200, answer.json
    return answer.json


def names(client, query="?concern=missing"):
    return [each["title"] for each in listed(client, query)["entries"]]


def ignore(client, concern="missing", **fields):
    return client.post("/api/attention/ignores", json={"concern": concern, **fields})


def entry_of(client, concern="missing"):
    return listed(client, f"?concern={concern}")["entries"][0]["entry"]


def count_of(client, concern):
    found = {each["concern"]: each for each in listed(client, "")["concerns"]}
    return found[concern]["count"], found[concern]["ignored"]


def test_each_concern_is_counted_and_one_is_listed(client, troubled):
    found = listed(client)
    assert {each["concern"]: each["count"] for each in found["concerns"] if each["count"]} == {
        "missing": 1,
        "truncated": 1,
    }
    (only,) = found["entries"]
    assert (only["title"], only["path"], only["ignore"]) == ("Brazil", None, None)
    assert (found["total"], found["first"], found["next"], found["previous"]) == (1, 0, None, None)
    assert listed(client, "?search=alien")["concerns"][0]["count"] == 0


def test_one_picture_is_ignored_found_again_and_taken_back(client, troubled):
    number = ignore(client, entry=entry_of(client)).json["id"]
    assert names(client) == [] and count_of(client, "missing") == (0, 1)
    (only,) = listed(client, "?concern=missing&ignored=true")["entries"]
    assert only["ignore"] == number
    assert client.delete(f"/api/attention/ignores/{number}").status_code == 200
    assert names(client) == ["Brazil"] and count_of(client, "missing") == (1, 0)
    assert client.delete(f"/api/attention/ignores/{number}").status_code == 404


def test_a_concern_is_ignored_for_all_that_a_filter_leaves_now_and_later(client, machine, troubled):
    number = ignore(client, filter={"library": "Movies"}).json["id"]
    assert ignore(client, filter={"library": "Movies"}).json["id"] == number
    take(machine, ALIEN, BRAZIL, make_row(Title="Dune", Rootfolder="Dune (1984)", **MISSING))
    catalogue(machine)
    assert count_of(client, "missing") == (0, 2) and count_of(client, "truncated") == (1, 0)
    client.delete(f"/api/attention/ignores/{number}")
    assert names(client) == ["Brazil", "Dune"]


def test_until_new_artwork_appears_ends_when_a_run_finds_another_picture(client, machine, troubled):
    ignore(client, "truncated", entry=entry_of(client, "truncated"), until_new=True)
    assert count_of(client, "truncated") == (0, 1)
    take(machine, {**ALIEN, "Language": "en"}, BRAZIL)
    catalogue(machine)
    assert count_of(client, "truncated") == (0, 1)
    take(machine, {**ALIEN, "Download Source": "https://image.tmdb.org/t/p/original/new.jpg"}, BRAZIL)
    catalogue(machine)
    assert count_of(client, "truncated") == (1, 0)


def test_an_ignore_outlives_a_new_scan_of_the_folder(client, machine, roots, troubled):
    ignore(client, "truncated", entry=entry_of(client, "truncated"))
    aside = roots["assets"].with_name("aside")
    (roots["assets"] / "Movies").rename(aside)
    catalogue(machine)
    assert count_of(client, "truncated") == (0, 0)
    aside.rename(roots["assets"] / "Movies")
    catalogue(machine)
    assert count_of(client, "truncated") == (0, 1)


@pytest.mark.parametrize(
    "body",
    [
        {"concern": "missing"},
        {"concern": "x", "entry": "0" * 16},
        {"concern": "missing", "entry": "../x"},
        {"concern": "missing", "entry": "0" * 16, "filter": {}},
        {"concern": "missing", "filter": {}, "until_new": True},
        {"concern": "missing", "filter": {"library": "\0"}},
        {"concern": "missing", "filter": {"kind": "x"}},
        [],
    ],
)
def test_an_ignore_of_nothing_sound_is_refused(client, troubled, body):
    assert client.post("/api/attention/ignores", json=body).status_code == 400


def test_filters_are_ignored_up_to_a_number_that_a_question_can_hold(client, troubled):
    numbers = [ignore(client, filter={"search": f"film {each}"}).json["id"] for each in range(MOST_KINDS)]
    refused = ignore(client, "truncated", filter={"search": "one more"})
    assert refused.status_code == 409 and str(MOST_KINDS) in refused.json["detail"]
    assert ignore(client, filter={"search": "film 7"}).json["id"] == numbers[7]
    assert names(client) == ["Brazil"]
    client.delete(f"/api/attention/ignores/{numbers[0]}")
    assert ignore(client, "truncated", filter={"search": "one more"}).status_code == 200


@pytest.mark.parametrize("place", ["after=x", "before=W10", "after=%ff", "after=" + "A" * 5000, "limit=0"])
def test_a_place_that_is_none_is_refused(client, troubled, place):
    assert client.get(f"/api/attention?concern=missing&{place}").status_code == 400


def test_some_pictures_alone_are_made_again(client, troubled):
    path = listed(client)["entries"][0]["asset"]
    assert path == "Movies/Brazil (1985)/poster.jpg"
    started = client.post("/api/attention/retry", json={"assets": [path]})
    assert started.status_code == 200 and started.json["run_id"]
    (run,) = client.get("/api/runs").json["runs"]
    assert run["mode"] == "normal"


@pytest.mark.parametrize("assets", [[], ["../x"], [""], None])
def test_paths_of_no_asset_are_refused(client, troubled, assets):
    assert client.post("/api/attention/retry", json={"assets": assets}).status_code == 400


def test_a_picture_that_is_gone_cannot_be_ignored(client, troubled):
    assert ignore(client, entry="0" * 16).status_code == 404
