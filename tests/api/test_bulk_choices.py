"""Many choices are resolved at once: looked at first, by list or filter, and taken back by one call."""

import pytest

from app.services.keys import create_key
from tests.choices import make_row, stored, take

ADDRESS = "/api/imagechoices/bulk-resolve"


@pytest.fixture
def ids(machine):
    """Five choices: two in German, one of them resolved by the script, one cut off, two as they should be."""
    take(
        machine,
        make_row(Title="Amélie", Language="de", LibraryName="TV"),
        make_row(Title="Brazil", Language="de", Manual="true"),
        make_row(Title="Cube", TextTruncated="true"),
        make_row(Title="Dune"),
        make_row(Title="Eraserhead"),
    )
    return [row["id"] for row in stored(machine)]


def resolve(client, status=200, **form):
    answer = client.post(ADDRESS, json=form)
    assert answer.status_code == status, answer.json
    return answer.json


def words(machine):
    return [row["verdict"] for row in stored(machine)]


def resolved(client):
    return client.get("/api/assets/overview?category=resolved&limit=1").json["total"]


def test_a_list_is_resolved_and_what_needs_no_change_is_skipped_with_the_reason(client, machine, ids):
    found = resolve(client, ids=[*ids[:3], ids[0], 4711], excepted=[ids[2]])
    assert (found["count"], found["skipped_count"], found["success"]) == (1, 3, True)
    assert {each["why"]: each["ids"] for each in found["skipped"]} == {
        "it is resolved already": [ids[1]],
        "it is excepted": [ids[2]],
        "there is no such image choice": [4711],
    }
    assert words(machine) == ["Yes", None, None, None, None]
    assert resolved(client) == 2


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 4),
        ({"category": "non_primary_lang"}, 1),
        ({"category": "truncated_text"}, 1),
        ({"search": "AMÉ"}, 1),
        ({"library": "Movies"}, 3),
        ({"library": "Movies", "search": "dune"}, 1),
        ({"search": "%"}, 0),
    ],
)
def test_a_filter_means_all_that_it_shows_and_a_look_changes_nothing(client, machine, ids, wanted, count):
    before = stored(machine)
    looked = resolve(client, filter=wanted, dry_run=True)
    assert (looked["count"], looked["change"], stored(machine)) == (count, None, before)
    assert resolve(client, filter=wanted, expected=count)["count"] == count
    assert resolved(client) == count + 1


def test_another_number_than_the_agreed_one_is_a_conflict(client, machine, ids):
    assert "5" in resolve(client, 409, filter={}, expected=5)["detail"]
    assert words(machine) == [None] * 5


def test_one_call_takes_it_back_but_for_what_was_changed_since(client, machine, ids):
    client.put(f"/api/imagechoices/{ids[3]}", json={"Manual": "Yes"})
    first = resolve(client, filter={}, resolved=True)
    client.put(f"/api/imagechoices/{ids[2]}", json={"Manual": "No"})
    client.delete(f"/api/imagechoices/{ids[4]}")
    undone = client.post(f"/api/imagechoices/changes/{first['change']}/undo").json
    assert (undone["success"], undone["count"], undone["skipped_count"]) == (True, 1, 2)
    assert words(machine) == [None, None, None, "Yes"]
    assert [row["categories"] for row in stored(machine)].count(64) == 2
    assert client.post(f"/api/imagechoices/changes/{first['change']}/undo").status_code == 409


def test_choices_are_opened_again_whoever_resolved_them(client, machine, ids):
    resolve(client, ids=ids)
    opened = resolve(client, filter={"category": "resolved"}, resolved=False)
    assert (opened["count"], words(machine)) == (5, [None, "No", None, None, None])
    assert resolved(client) == 0
    client.post(f"/api/imagechoices/changes/{opened['change']}/undo")
    assert words(machine) == ["Yes", None, "Yes", "Yes", "Yes"]
    assert resolve(client, ids=ids)["change"] is None


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"ids": [1], "filter": {}},
        {"ids": ["x"]},
        {"ids": [0]},
        {"ids": [2**70]},
        {"ids": [1] * 100_001},
        {"filter": {"category": "all"}},
        {"filter": {"search": "a\0"}},
        {"filter": {"folder": "x"}},
        {"ids": [1], "resolved": "perhaps"},
        {"ids": [1], "expected": -1},
        [],
    ],
)
def test_what_cannot_be_meant_is_refused(client, machine, ids, form):
    before = stored(machine)
    assert client.post(ADDRESS, json=form).status_code == 400
    assert stored(machine) == before


def test_an_unknown_change_is_404_and_a_reader_changes_nothing(client, app, machine, ids):
    for number in (4711, 2**70):
        assert client.post(f"/api/imagechoices/changes/{number}/undo").status_code == 404
    reader = app.test_client()
    reader.environ_base["HTTP_X_API_KEY"] = create_key(machine, "reader", ["read"])[1]
    for address in (ADDRESS, "/api/imagechoices/changes/1/undo"):
        assert reader.post(address, json={"ids": ids}).status_code == 403
    assert words(machine) == [None] * 5
