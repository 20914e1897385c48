"""Plans carried out without some of their pictures, and failed pictures tried again, over the API."""

import json

import pytest

from app.core.modes import EXCEPT, ONLY
from app.models import Run, Status
from tests.core.decisions.test_run_changes import make_changes
from tests.driving import rows
from tests.past_runs import BEGAN, make_run
from tests.ui.test_run_page import NAME, make_step, write_plan


@pytest.fixture(autouse=True)
def media(overrides, tmp_path):
    overrides["MEDIA_PATH"] = tmp_path


def add(machine, **facts):
    with machine.database.writing() as session:
        session.add(make_run(**facts))


def asked(machine, answer):
    assert answer.status_code == 200, answer.json
    run = next(run for run in rows(machine) if run.id == answer.json["run_id"])
    return run.mode, list(run.arguments)


@pytest.mark.parametrize(
    ("excepted", "arguments"),
    [(None, []), (["a/poster.jpg", "-b/poster.jpg"], [EXCEPT, '["a/poster.jpg", "-b/poster.jpg"]'])],
)
def test_a_plan_of_a_full_run_is_carried_out_without_what_was_left_out(client, machine, excepted, arguments):
    add(machine, mode="plan")
    answer = client.post("/api/runs/1/begin", json={"excepted": excepted})
    assert asked(machine, answer) == ("normal", arguments)


def test_many_exceptions_stand_in_a_file(client, machine):
    add(machine, mode="plan")
    paths = [f"Movies/{number:04}/poster.jpg" for number in range(500)]
    _, (switch, value) = asked(machine, client.post("/api/runs/1/begin", json={"excepted": paths}))
    assert switch == EXCEPT and value.startswith(f"@{machine.paths.asset_lists}")


def test_an_undo_is_carried_out_for_what_is_left(client, machine):
    add(machine, mode="normal")
    make_changes(machine.paths.engine, NAME, "a.jpg", "b.jpg", started=BEGAN)
    add(machine, mode="plan", arguments=["-Undo", "1"])
    mode, arguments = asked(machine, client.post("/api/runs/2/begin", json={"excepted": ["a.jpg"]}))
    assert mode == "undo" and arguments[-2:] == [ONLY, '["b.jpg"]']
    refused = client.post("/api/runs/2/begin", json={"excepted": ["a.jpg", "b.jpg"]})
    assert refused.status_code == 400 and "every picture of it is left out" in refused.json["detail"]


@pytest.mark.parametrize(
    ("facts", "body", "status"),
    [
        ({"mode": "normal"}, {}, 409),
        ({"mode": "plan", "status": Status.FAILED}, {}, 409),
        ({"mode": "plan", "arguments": ["-Take", '["a"]']}, {}, 409),
        ({"mode": "plan"}, {"excepted": ["../a"]}, 400),
        ({"mode": "plan"}, {"excepted": "a"}, 400),
    ],
)
def test_what_is_no_such_plan_is_refused_with_the_reason(client, machine, facts, body, status):
    add(machine, **facts)
    answer = client.post("/api/runs/1/begin", json=body)
    assert answer.status_code == status and answer.json["detail"]
    assert client.post("/api/runs/9/begin").status_code == 404


def test_exchanges_are_carried_out_as_a_whole_only(client, machine):
    machine.config.path.write_text('{"PlexPart": {"UsePlex": "true"}}')
    add(machine, mode="plan", arguments=["-Backup"])
    assert asked(machine, client.post("/api/runs/1/begin")) == ("backup", [])
    assert client.post("/api/runs/1/begin", json={"excepted": ["a.jpg"]}).status_code == 409


def fail(machine):
    steps = [
        make_step("a.jpg", reason="failed"),
        make_step("b.jpg", reason="nothing_found"),
        make_step("c.jpg"),
    ]
    write_plan(machine, 1, steps)
    make_changes(machine.paths.engine, NAME, "c.jpg", "b.jpg", started=BEGAN, done=False)


@pytest.mark.parametrize(
    ("body", "paths"), [({}, ["a.jpg", "b.jpg", "c.jpg"]), ({"assets": ["b.jpg"]}, ["b.jpg"])]
)
def test_what_failed_is_tried_again_in_one_run(client, machine, body, paths):
    add(machine, mode="scheduled")
    fail(machine)
    mode, (switch, value) = asked(machine, client.post("/api/runs/1/retry", json=body))
    assert (mode, switch, json.loads(value)) == ("normal", ONLY, paths)


def test_what_did_not_fail_is_not_tried_again(client, machine):
    add(machine, mode="normal")
    assert client.post("/api/runs/1/retry").status_code == 409
    fail(machine)
    assert client.post("/api/runs/1/retry", json={"assets": ["other.jpg"]}).status_code == 400
    add(machine, mode="backup")
    assert client.post("/api/runs/2/retry").status_code == 409
    with machine.database.writing() as session:
        session.get(Run, 1).status = Status.RUNNING
    assert client.post("/api/runs/1/retry").status_code == 409
