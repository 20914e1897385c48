"""Undo by the API: what may be undone, and the run that does it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.models import Status
from tests.core.decisions.test_run_changes import make_changes
from tests.driving import row, script
from tests.past_runs import BEGAN, make_run

FILM = "Movies/Alien (1979)/poster.jpg"


def post(client, address, body):
    """A body of None is no body at all."""
    return client.post(address) if body is None else client.post(address, json=body)


@pytest.fixture
def ended(machine):
    """A run, number 1, that made two pictures."""
    with machine.database.writing() as session:
        session.add(make_run(mode="normal"))
    make_changes(machine.paths.engine, "20251125153003000000-1-1", FILM, "b/poster.jpg", started=BEGAN)
    return 1


@pytest.mark.parametrize(
    ("body", "mode", "arguments", "undoes"),
    [
        (None, "undo", ["1"], 1),
        ({}, "undo", ["1"], 1),
        ({"assets": [FILM], "plan": False}, "undo", ["1", "-Only", json.dumps([FILM])], 1),
        ({"plan": True}, "plan", ["-Undo", "1"], None),
        ({"plan": True, "assets": [FILM]}, "plan", ["-Undo", "1", "-Only", json.dumps([FILM])], None),
    ],
)
def test_an_undo_is_a_queued_run_that_names_its_run(client, machine, ended, body, mode, arguments, undoes):
    answer = (
        client.post(f"/api/runs/{ended}/undo", json=body)
        if body is not None
        else client.post("/api/runs/1/undo")
    )
    assert (answer.status_code, answer.json["message"]) == (200, f"Started in {mode} mode")
    run = row(machine, answer.json["run_id"])
    assert (run.mode, run.arguments, run.undoes) == (mode, arguments, undoes)
    assert client.get(f"/api/runs/{run.id}").json["run"]["undoes"] == undoes


@pytest.mark.parametrize(
    ("number", "body", "status", "words"),
    [
        (1, {"assets": []}, 400, "assets"),
        (1, {"assets": "x"}, 400, "assets"),
        (1, {"assets": [5]}, 400, "assets"),
        (1, {"assets": ["../../etc/passwd"]}, 400, "is no path of an asset"),
        (1, {"assets": ["a\x00b"]}, 400, "is no path of an asset"),
        (1, {"assets": [FILM, "c/poster.jpg"]}, 400, "Run 1 did not change 'c/poster.jpg'."),
        (1, {"assets": list("cdefg")}, 400, "'c', 'd', 'e' and 2 more"),
        (1, {"asset": [FILM]}, 400, "asset"),
        (1, {"plan": "maybe"}, 400, "plan"),
        (1, [], 400, "Invalid"),
        (2, {}, 400, "There is nothing to undo"),
        (3, {}, 409, "only a run that has ended"),
        (99, {}, 404, "There is no run 99"),
    ],
)
def test_what_cannot_be_undone_is_refused_with_the_reason(
    client, machine, ended, number, body, status, words
):
    with machine.database.writing() as session:
        session.add_all([make_run(mode="testing"), make_run(status=Status.QUEUED)])
    answer = client.post(f"/api/runs/{number}/undo", json=body)
    assert (answer.status_code, words in str(answer.json["detail"])) == (status, True), answer.json
    assert client.get("/api/runs").json["total"] == 3


def test_forty_thousand_assets_are_undone_by_a_list_beside_the_run(client, machine, ended):
    paths = [f"Movies/Film {number} (1979)/poster.jpg" for number in range(40_000)]
    with machine.database.writing() as session:
        session.add(make_run(mode="normal"))
    make_changes(machine.paths.engine, "20251125153003000000-2-1", *paths[:200], started=BEGAN)
    fill(machine.paths.engine, "20251125153003000000-2-1", paths[200:])
    number = client.post("/api/runs/2/undo", json={"assets": paths}).json["run_id"]
    target, name, value = row(machine, number).arguments
    assert (target, name) == ("2", "-Only")
    file = Path(value.removeprefix("@"))
    assert file.parent == machine.paths.asset_lists and file.read_text().splitlines() == paths


def fill(engine, run, paths):
    """What the script writes for each picture, in one transaction."""
    row = "INSERT INTO entries (run, path, action, state, at) VALUES (?, ?, 'create', 'done', '2025')"
    with closing(sqlite3.connect(engine / "engine.db")) as journal, journal:
        journal.executemany(row, [(run, path) for path in paths])


def test_a_script_without_undo_is_said_before_anything_is_queued(overrides, make_tables, request):
    overrides["POSTER_SCRIPT"] = script("obedient")
    client, machine = request.getfixturevalue("client"), request.getfixturevalue("machine")
    with machine.database.writing() as session:
        session.add(make_run())
    for address, body in (
        ("runs/1/undo", {}),
        ("run/normal", {"take": [FILM]}),
        ("run/normal", {"clean": True}),
    ):
        answer = client.post(f"/api/{address}", json=body)
        assert (answer.status_code, "built-in poster script" in answer.json["detail"]) == (409, True), address
    assert client.get("/api/runs").json["total"] == 1


def test_an_undone_run_says_so_in_list_and_history(client, machine):
    with machine.database.writing() as session:
        session.add(make_run())
        session.flush()
        session.add(make_run(mode="undo", undoes=1, arguments=["1"]))
    for name, address in (("runs", "runs"), ("history", "runtime-history")):
        undo, run = client.get(f"/api/{address}").json[name]
        assert (run["undone_by"], run["undone_in_part"], run["undoes"]) == (2, False, None)
        assert (undo["undone_by"], undo["undone_in_part"], undo["undoes"]) == (None, False, 1)


@pytest.mark.parametrize(
    ("body", "status", "arguments"),
    [
        (None, 200, []),
        ({}, 200, []),
        ({"x": 1}, 200, []),
        ({"take": None, "clean": False}, 200, []),
        ({"take": [FILM]}, 200, ["-Take", json.dumps([FILM])]),
        ({"take": [FILM], "clean": True}, 200, ["-Take", json.dumps([FILM]), "-Clean"]),
        ({"take": []}, 400, None),
        ({"take": FILM}, 400, None),
        ({"take": ["/etc/passwd"]}, 400, None),
        ({"take": ["a/../../b"]}, 400, None),
        ({"clean": "perhaps"}, 400, None),
    ],
)
@pytest.mark.parametrize("address", ["run/normal", "runs/plan"])
def test_a_full_run_takes_assets_over_where_they_are_named(client, machine, address, body, status, arguments):
    answer = post(client, f"/api/{address}", body)
    assert answer.status_code == status
    if status == 200:
        assert row(machine, answer.json["run_id"]).arguments == arguments


def test_a_field_goes_with_some_modes_only_and_the_modes_say_so(client):
    answer = client.post("/api/run/testing", json={"take": [FILM]})
    assert answer.status_code == 400
    assert answer.json["detail"].startswith("The field take goes with these modes only: normal, plan, ")
    offers = {offer["mode"]: offer for offer in client.get("/api/runs/modes").json["modes"]}
    assert offers["undo"]["available"] and offers["testing"]["fields"] == []
    assert offers["normal"]["available"] == bool(offers["normal"]["fields"])


@pytest.mark.parametrize("text", ["", "x", "{"])
def test_a_body_that_is_no_json_was_never_read_and_is_not_now(client, text):
    assert client.post("/api/run/normal", data=text, content_type="text/plain").status_code == 200
