"""What is told of the scheduler in each second of a change."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from app.core.schedule.schedule_file import ScheduleFile
from app.core.schedule.scheduler_status import SchedulerStatusReader
from app.core.state import SharedState

NOW = datetime(2025, 11, 25, 12, 0, tzinfo=UTC)
JOB = {
    "id": "posterizarr_normal_6",
    "name": "Posterizarr Normal Mode @ 19:30",
    "next_run": "2025-11-25T19:30:00+01:00",
}


@pytest.fixture
def file(tmp_path):
    return ScheduleFile(tmp_path / "scheduler.json", tmp_path / "lock", "Europe/Berlin")


@pytest.fixture
def state():
    return SharedState(None)


def write(file, *schedules, **values):
    content = {"enabled": True, "schedules": list(schedules), "timezone": "Europe/Berlin", **values}
    file.path.write_text(json.dumps(content), encoding="utf-8")


def publish(state, file, **overrides):
    section = {
        "alive": True,
        "running": True,
        "next_run": JOB["next_run"],
        "active_jobs": [JOB],
        "fingerprint": list(file.fingerprint() or ()),
        "problems": [],
    }
    state.publish(scheduler=section | overrides)


def read(file, state, run_times=(), zone="", now=NOW):
    return SchedulerStatusReader(file, state, run_times, zone).read(now)


def test_every_field_that_clients_know_is_there(file, state):
    write(file, {"time": "19:30", "description": "x"}, last_run="2025-11-25T16:30:00.002702")
    publish(state, file)
    assert read(file, state) == {
        "success": True,
        "enabled": True,
        "running": True,
        "is_executing": False,
        "schedules": [{"time": "19:30", "description": "x"}],
        "timezone": "Europe/Berlin",
        "last_run": "2025-11-25T16:30:00.002702",
        "next_run": "2025-11-25T19:30:00+01:00",
        "active_jobs": [JOB],
        "problems": [],
    }


def test_without_a_file_and_a_thread_nothing_is_planned(file, state):
    told = read(file, state)
    assert (told["enabled"], told["running"], told["next_run"]) == (False, False, None)
    assert (told["schedules"], told["active_jobs"]) == ([], [])


def test_a_thread_that_has_stopped_plans_nothing(file, state):
    write(file, {"time": "19:30"})
    publish(state, file, alive=False, running=False, active_jobs=[], fingerprint=None)
    assert read(file, state)["active_jobs"] == []


def test_a_change_is_told_before_the_thread_has_seen_it(file, state):
    write(file, {"time": "19:30"})
    publish(state, file)
    write(file, {"time": "21:00"}, {"time": "20:15"})
    told = read(file, state)
    assert [job["next_run"] for job in told["active_jobs"]] == [
        "2025-11-25T20:15:00+01:00",
        "2025-11-25T21:00:00+01:00",
    ]
    assert told["next_run"] == "2025-11-25T20:15:00+01:00"


def test_a_scheduler_that_was_disabled_a_moment_ago_does_not_run(file, state):
    write(file, {"time": "19:30"})
    publish(state, file)
    write(file, {"time": "19:30"}, enabled=False)
    told = read(file, state)
    assert (told["enabled"], told["running"], told["next_run"], told["active_jobs"]) == (
        False,
        False,
        None,
        [],
    )
    assert read(file, state, run_times=("03:00",))["running"] is True


def test_an_interval_keeps_its_rhythm_while_the_thread_looks_the_other_way(file, state):
    since = (NOW - timedelta(minutes=30)).isoformat()
    key = "normal interval 1 hours Europe/Berlin"
    write(
        file,
        {"frequency": "interval", "interval_value": 1},
        handled={key: {"since": since, "handled": None}},
    )
    publish(state, file, fingerprint=[])
    assert read(file, state)["next_run"] == "2025-11-25T13:30:00+01:00"


def test_a_damaged_file_is_told_with_what_is_still_in_force(file, state):
    write(file, {"time": "19:30"})
    read(file, state)
    reader = SchedulerStatusReader(file, state, (), "")
    reader.read(NOW)
    publish(state, file, problems=[{"source": "scheduler", "message": "one entry is bad"}])
    file.path.write_text("{ damaged")
    told = reader.read(NOW)
    assert told["schedules"] == [{"time": "19:30"}]
    assert told["active_jobs"] == [JOB]
    assert len(told["problems"]) == 2 and "line 1" in told["problems"][0]


@pytest.mark.parametrize(
    ("run", "expected"), [(None, False), ({"origin": "schedule"}, True), ({"origin": "api"}, False)]
)
def test_it_executes_while_a_run_of_its_own_is_active(file, state, run, expected):
    state.publish(run=run)
    assert read(file, state)["is_executing"] is expected


def test_the_setting_is_the_zone_that_is_told(file, state):
    write(file, {"time": "19:30"})
    assert read(file, state, zone="Asia/Kathmandu")["timezone"] == "Asia/Kathmandu"
