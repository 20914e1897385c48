"""The scheduler's blueprint, as clients of today and of newer versions call it."""

import json
import threading

import pytest

from app.background.scheduler import Scheduler
from app.core.runs import claim_next, request_run
from app.models import Origin, Run, Status
from app.models.base import now
from tests.driving import rows, script

BASE = "/api/scheduler"
STATUS_FIELDS = {
    "success",
    "enabled",
    "running",
    "is_executing",
    "schedules",
    "timezone",
    "last_run",
    "next_run",
    "active_jobs",
}


def content(machine):
    return json.loads(machine.paths.scheduler.read_text(encoding="utf-8"))


def add(client, time="19:30", **more):
    answer = client.post(f"{BASE}/schedule", json={"time": time, **more})
    assert answer.status_code == 200, answer.json
    return answer.json


def times(client):
    return [entry.get("time") for entry in client.get(f"{BASE}/config").json["config"]["schedules"]]


@pytest.fixture
def fixed(app, client):
    """A caller of a server that was started with RUN_TIME=03:00."""
    object.__setattr__(app.extensions["machine"].settings, "run_time", ("03:00",))
    return client


def test_a_fresh_server_tells_a_status_without_writing_a_file(client, machine):
    answer = client.get(f"{BASE}/status")
    assert answer.status_code == 200
    assert set(answer.json) >= STATUS_FIELDS
    assert answer.json["schedules"] == answer.json["active_jobs"] == []
    assert not machine.paths.scheduler.exists()
    assert client.head(f"{BASE}/status").status_code == 200


def test_a_planned_run_is_told_as_clients_know_it(client, machine):
    add(client, description="30min before Kometa")
    client.post(f"{BASE}/enable")
    Scheduler(machine).tick()
    told = client.get(f"{BASE}/status").json
    assert (told["enabled"], told["running"], told["is_executing"]) == (True, True, False)
    assert told["timezone"] == "Europe/Berlin"
    assert told["active_jobs"][0]["id"] == "posterizarr_normal_0"
    assert told["active_jobs"][0]["name"] == "Posterizarr Normal Mode @ 19:30"
    assert told["next_run"] == told["active_jobs"][0]["next_run"]
    assert told["next_run"][10:] in ("T19:30:00+01:00", "T19:30:00+02:00")


def test_the_config_is_the_content_of_the_file(client, machine):
    add(client)
    config = client.get(f"{BASE}/config").json
    assert config["success"] is True
    assert config["config"] == content(machine)


def test_an_added_time_is_kept_as_hours_and_minutes(client, machine):
    answer = add(client, "4:44", description="x")
    assert answer["message"] == "Schedule added: 04:44"
    assert content(machine)["schedules"] == [{"time": "04:44", "description": "x"}]
    assert set(answer) >= STATUS_FIELDS | {"config"}


@pytest.fixture
def other_script(overrides):
    """A script that does not say which modes it has."""
    overrides["POSTER_SCRIPT"] = script("obedient")


def test_an_entry_of_a_newer_client_is_kept_whole(other_script, client, machine):
    entry = {
        "time": "02:00",
        "description": "",
        "mode": "logoupdater",
        "frequency": "monthly",
        "month": "*",
        "day": "last",
        "day_of_week": "mon",
        "interval_value": 1,
        "interval_unit": "hours",
        "library": "Movies",
        "force_replace": True,
        "exif_check": False,
        "revert": False,
        "asset_types": ["logo"],
    }
    assert client.post(f"{BASE}/schedule", json=entry).status_code == 200
    assert content(machine)["schedules"] == [entry]


def test_an_interval_needs_no_time(client):
    answer = client.post(f"{BASE}/schedule", json={"frequency": "interval", "interval_value": 2})
    assert answer.json["message"] == "Schedule added: an interval"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "time"),
        ({"time": "25:00"}, "time"),
        ({"time": "1:5"}, "time"),
        ({"time": 5}, "time"),
        ({"time": "19:30", "frequency": "hourly"}, "frequency"),
        ({"time": "19:30", "mode": "manual"}, "mode"),
        ({"time": "19:30", "frequency": "weekly", "day_of_week": ["mon"]}, "day_of_week"),
        ({"frequency": "interval"}, "interval_value"),
        ({"time": "19:30", "description": "x" * 501}, "description"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_by_the_name_of_its_field(client, machine, body, named):
    answer = client.post(f"{BASE}/schedule", json=body)
    assert answer.status_code == 400
    assert answer.json["detail"].startswith(named)
    assert not machine.paths.scheduler.exists()


@pytest.mark.parametrize("text", ["\\ud800", "NaN", "1e999"])
def test_a_value_that_no_file_can_hold_is_refused(client, text):
    value = text if text != "\\ud800" else f'"{text}"'
    body = f'{{"time": "19:30", "own": {value}}}'
    answer = client.post(f"{BASE}/schedule", data=body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "5"])
def test_a_body_that_is_no_object_is_refused(client, body):
    answer = client.post(f"{BASE}/schedule", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["detail"]


def test_a_time_that_exists_is_refused(client):
    add(client, "04:44")
    answer = client.post(f"{BASE}/schedule", json={"time": "4:44"})
    assert (answer.status_code, answer.json["success"]) == (400, False)


@pytest.mark.parametrize("written", ["04%3A44", "04:44", "4:44"])
def test_a_time_is_removed_however_it_is_written(client, written):
    add(client, "04:44")
    add(client, "19:30")
    answer = client.delete(f"{BASE}/schedule/{written}")
    assert answer.status_code == 200
    assert set(answer.json) >= STATUS_FIELDS | {"message"}
    assert times(client) == ["19:30"]


def test_removing_a_time_removes_every_entry_with_it(client):
    add(client)
    add(client, mode="testing")
    client.delete(f"{BASE}/schedule/19%3A30")
    assert times(client) == []


@pytest.mark.parametrize("time", ["04:44", "noon", "a%2Fb", "%00", "99", "%F0%9F%92%A9"])
def test_a_time_that_nobody_has_is_not_found(client, time):
    answer = client.delete(f"{BASE}/schedule/{time}")
    assert answer.status_code == 404
    assert answer.json["detail"]


def test_all_entries_are_removed_and_the_answer_is_a_status(client):
    add(client)
    answer = client.delete(f"{BASE}/schedules")
    assert answer.json["schedules"] == times(client) == []
    assert set(answer.json) >= STATUS_FIELDS


def test_times_of_the_setting_are_shown_and_cannot_be_removed(fixed):
    add(fixed)
    assert times(fixed) == ["19:30", "03:00"]
    for address in ("schedule/03%3A00", "schedule/index/1"):
        answer = fixed.delete(f"{BASE}/{address}")
        assert answer.status_code == 409
        assert "RUN_TIME" in answer.json["detail"]
    assert "RUN_TIME" in fixed.delete(f"{BASE}/schedules").json["message"]
    assert "RUN_TIME" in fixed.post(f"{BASE}/disable").json["message"]
    assert times(fixed) == ["03:00"]


def test_an_entry_is_changed_by_its_index(client, machine):
    add(client, description="x")
    answer = client.put(
        f"{BASE}/schedule/0", json={"time": "5:00", "frequency": "weekly", "day_of_week": "sat"}
    )
    assert answer.status_code == 200
    assert content(machine)["schedules"] == [
        {"time": "05:00", "description": "x", "frequency": "weekly", "day_of_week": "sat"}
    ]
    assert client.put(f"{BASE}/schedule/0", json={"time": "25:00"}).status_code == 400
    assert client.put(f"{BASE}/schedule/7", json={"time": "05:00"}).status_code == 404


def test_an_entry_is_removed_by_its_index(client):
    add(client, "04:44")
    add(client, "19:30")
    assert client.delete(f"{BASE}/schedule/index/0").status_code == 200
    assert times(client) == ["19:30"]
    for index in ("1", "-1", "x", "99999999999999999999"):
        assert client.delete(f"{BASE}/schedule/index/{index}").status_code == 404


def test_the_scheduler_is_switched_on_and_off(client):
    assert client.post(f"{BASE}/enable").json["config"]["enabled"] is True
    assert client.get(f"{BASE}/status").json["enabled"] is True
    answer = client.post(f"{BASE}/disable").json
    assert (answer["success"], answer["enabled"], answer["config"]["enabled"]) == (True, False, False)


@pytest.mark.parametrize(
    "change",
    [
        {"skip_if_running": False},
        {"enabled": True},
        {"missed": "skip"},
        {"grace_minutes": 90},
        {"schedules": [{"time": "01:30", "description": "x"}]},
    ],
)
def test_a_setting_is_changed_alone(client, machine, change):
    client.post(f"{BASE}/disable")
    before = content(machine)
    answer = client.post(f"{BASE}/config", json=change)
    assert answer.json["success"] is True
    assert content(machine) == before | change


def test_a_zone_that_the_setting_overrules_is_kept_and_said_to_be_overruled(client, machine):
    answer = client.post(f"{BASE}/config", json={"timezone": "Asia/Kathmandu"})
    assert "TZ=Europe/Berlin" in answer.json["message"]
    assert content(machine)["timezone"] == "Asia/Kathmandu"
    assert answer.json["timezone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"timezone": None}, "timezone"),
        ({"enabled": "perhaps"}, "enabled"),
        ({"skip_if_running": 7}, "skip_if_running"),
        ({"schedules": {}}, "schedules"),
        ({"schedules": ["19:30"]}, "schedules"),
        ({"schedules": [{"time": "01:00"}, {"time": "x"}]}, "schedules[1]: time"),
        ({"missed": "never"}, "missed"),
        ({"grace_minutes": -1}, "grace_minutes"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_its_name(client, machine, change, named):
    answer = client.post(f"{BASE}/config", json=change)
    assert answer.status_code == 400
    assert answer.json["detail"].startswith(named)
    assert not machine.paths.scheduler.exists()


def test_a_config_that_a_client_sends_back_whole_changes_nothing(fixed, machine):
    add(fixed)
    shown = fixed.get(f"{BASE}/config").json["config"]
    before = content(machine)
    assert fixed.post(f"{BASE}/config", json=shown).status_code == 200
    assert content(machine) == before


def test_a_restart_reads_the_file_again_and_loses_nothing(client, machine):
    add(client)
    client.post(f"{BASE}/enable")
    scheduler = Scheduler(machine)
    scheduler.tick()
    answer = client.post(f"{BASE}/restart")
    scheduler.tick()
    assert answer.json["success"] is True and set(answer.json) >= STATUS_FIELDS
    assert client.get(f"{BASE}/status").json["running"] is True


def test_run_now_queues_a_scheduled_run_and_notes_the_time(client, machine):
    answer = client.post(f"{BASE}/run-now").json
    [run] = rows(machine)
    assert (run.mode, run.origin, run.status) == ("scheduled", Origin.SCHEDULE, Status.QUEUED)
    assert answer == {"success": True, "message": f"Run {run.id} started", "run_id": run.id, "queued": False}
    assert len(content(machine)["last_run"]) == len("2025-11-25T16:30:00.002702")


def test_run_now_says_when_it_has_to_wait(client, machine):
    with machine.database.writing() as session:
        request_run(session, "normal", Origin.API)
    with machine.database.writing() as session:
        claim_next(session, now())
    answer = client.post(f"{BASE}/run-now").json
    assert answer["queued"] is True and "queued" in answer["message"]


def test_a_damaged_file_is_told_of_and_never_overwritten(client, machine):
    machine.paths.scheduler.write_text("{ damaged")
    for method, address in (
        ("get", "config"),
        ("post", "enable"),
        ("post", "disable"),
        ("delete", "schedules"),
        ("delete", "schedule/19%3A30"),
        ("delete", "schedule/index/0"),
    ):
        answer = getattr(client, method)(f"{BASE}/{address}")
        assert (answer.status_code, address) == (409, address)
        assert "line 1" in answer.json["detail"]
    assert client.post(f"{BASE}/schedule", json={"time": "19:30"}).status_code == 409
    assert client.post(f"{BASE}/config", json={"enabled": True}).status_code == 409
    assert client.get(f"{BASE}/status").json["problems"]
    assert client.post(f"{BASE}/run-now").status_code == 200
    assert machine.paths.scheduler.read_text() == "{ damaged"


def test_a_full_disk_is_told_as_such(client, machine, monkeypatch):
    add(client)

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = client.post(f"{BASE}/schedule", json={"time": "20:00"})
    assert answer.status_code == 503
    assert "No space left on device" in answer.json["detail"]
    assert times(client) == ["19:30"]


def test_callers_that_add_at_the_same_time_lose_nothing(app, client):
    def add_many(start):
        with app.app_context():
            own = app.test_client()
            own.environ_base.update(client.environ_base)
            for minute in range(start, start + 10):
                own.post(f"{BASE}/schedule", json={"time": f"12:{minute}"})

    threads = [threading.Thread(target=add_many, args=(start,)) for start in (10, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(times(client)) == 20


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "status"),
        ("get", "config"),
        ("post", "config"),
        ("post", "schedule"),
        ("put", "schedule/0"),
        ("delete", "schedule/19%3A30"),
        ("delete", "schedule/index/0"),
        ("delete", "schedules"),
        ("post", "enable"),
        ("post", "disable"),
        ("post", "restart"),
        ("post", "run-now"),
    ],
)
def test_nobody_comes_in_without_credentials(anonymous, machine, method, address):
    answer = getattr(anonymous, method)(
        f"{BASE}/{address}", json={"time": "19:30"} if method != "get" else None
    )
    assert answer.status_code == 401
    assert not machine.paths.scheduler.exists()


def test_the_database_keeps_no_run_of_a_refused_call(anonymous, machine):
    anonymous.post(f"{BASE}/run-now")
    with machine.database.reading() as session:
        assert session.query(Run).count() == 0


def test_a_wrong_method_is_told_with_those_that_are_right(client):
    answer = client.get(f"{BASE}/run-now")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
