"""The scheduler under a travelled clock, over real files and a real database."""

import json
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import schedule
from sqlalchemy import text

from app.background.scheduler import STOPPED, Scheduler
from app.core.runs import request_run
from app.core.schedule.schedule_marks import MARKS
from app.models import Origin, Run, Status
from tests.driving import eventually, rows

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime(2025, 11, 25, 8, 0, tzinfo=BERLIN)


class Clock:
    """A clock that stands where a test puts it."""

    def __init__(self, moment):
        self.moment = moment.astimezone(UTC)

    def __call__(self):
        return self.moment

    def set(self, local):
        self.moment = datetime.fromisoformat(local).replace(tzinfo=BERLIN).astimezone(UTC)

    def pass_by(self, **parts):
        self.moment += timedelta(**parts)


@pytest.fixture
def clock():
    return Clock(MORNING)


@pytest.fixture
def started(machine, clock):
    """Makes a scheduler as a start of the server does, without its thread."""

    def start(*schedules, on=None, **values):
        if schedules or values:
            write(machine, {"enabled": True, "schedules": list(schedules), **values})
        scheduler = Scheduler(on or machine, clock)
        scheduler.begin()
        scheduler.tick()
        return scheduler

    return start


def write(machine, values):
    machine.paths.scheduler.write_text(json.dumps(values), encoding="utf-8")


def content(machine):
    return json.loads(machine.paths.scheduler.read_text(encoding="utf-8"))


def edit(machine, **values):
    write(machine, content(machine) | values)


def section(machine):
    return machine.state.read()["scheduler"]


def jobs(machine):
    return [job["next_run"] for job in section(machine)["active_jobs"]]


def statuses(machine):
    return [run.status for run in rows(machine)]


def end_queued(machine):
    with machine.database.writing() as session:
        session.query(Run).filter(Run.status == Status.QUEUED).update({"status": Status.COMPLETED})


def walk(scheduler, clock, until, **step):
    """Let the time pass in steps; whatever is queued counts as run."""
    end = datetime.fromisoformat(until).replace(tzinfo=BERLIN).astimezone(UTC)
    while clock.moment < end:
        clock.pass_by(**step)
        scheduler.tick()
        end_queued(scheduler.machine)


def test_a_fresh_installation_gets_a_file_in_which_nothing_is_scheduled(machine, started):
    started()
    assert content(machine)["enabled"] is False
    assert section(machine) == STOPPED | {
        "alive": True,
        "fingerprint": list(machine.schedules.fingerprint()),
    }


def test_what_comes_next_is_published_and_kept(machine, started):
    started({"time": "19:30"}, {"time": "04:44"})
    told = section(machine)
    assert told["running"] is True
    assert told["next_run"] == content(machine)["next_run"] == "2025-11-25T19:30:00+01:00"
    assert told["active_jobs"][1] == {
        "id": "posterizarr_normal_1",
        "name": "Posterizarr Normal Mode @ 04:44",
        "next_run": "2025-11-26T04:44:00+01:00",
    }


def test_a_due_entry_queues_one_run_and_waits_for_the_next_day(machine, started, clock):
    scheduler = started({"time": "19:30"})
    clock.set("2025-11-25T19:29:59")
    scheduler.tick()
    assert rows(machine) == []
    clock.set("2025-11-25T19:30:00.002702")
    for _ in range(3):
        scheduler.tick()
    assert [(run.mode, run.origin, run.status) for run in rows(machine)] == [
        ("scheduled", Origin.SCHEDULE, Status.QUEUED)
    ]
    assert jobs(machine) == ["2025-11-26T19:30:00+01:00"]
    assert content(machine)["last_run"] == "2025-11-25T19:30:00.002702"
    assert content(machine)["next_run"] == "2025-11-26T19:30:00+01:00"


def test_both_daylight_saving_changes_leave_one_run_a_day(machine, started, clock):
    clock.set("2025-03-29T12:00")
    scheduler = started({"time": "02:30"})
    walk(scheduler, clock, "2025-03-31T12:00", minutes=10)
    clock.set("2025-10-25T02:30")
    scheduler.tick()
    end_queued(machine)
    walk(scheduler, clock, "2025-10-27T12:00", minutes=10)
    assert statuses(machine).count(Status.COMPLETED) == 2 + 3
    assert Status.QUEUED not in statuses(machine)


def test_unknown_keys_survive_what_the_scheduler_writes(machine, started):
    started({"time": "19:30", "status": "success"}, x_own={"deep": 1})
    kept = content(machine)
    assert kept["x_own"] == {"deep": 1}
    assert kept["schedules"] == [{"time": "19:30", "status": "success"}]


def test_a_file_that_says_everything_already_is_not_written_again(machine, started, clock):
    scheduler = started({"time": "19:30"})
    before = machine.schedules.fingerprint()
    for _ in range(5):
        clock.pass_by(minutes=5)
        scheduler.tick()
    assert machine.schedules.fingerprint() == before


def test_a_change_of_the_file_takes_effect_at_the_next_tick(machine, started, clock):
    scheduler = started({"time": "19:30"})
    edit(machine, schedules=[{"time": "20:15"}])
    scheduler.tick()
    assert jobs(machine) == ["2025-11-25T20:15:00+01:00"]
    edit(machine, enabled=False)
    scheduler.tick()
    assert (jobs(machine), section(machine)["running"]) == ([], False)


def test_another_zone_moves_the_due_times_and_makes_up_for_none(machine_with, started, clock):
    machine = machine_with("obedient")
    clock.set("2025-11-25T12:00")
    scheduler = started({"time": "19:58"}, on=machine, timezone="Europe/Berlin")
    edit(machine, timezone="Asia/Tokyo")
    scheduler.tick()
    assert jobs(machine) == ["2025-11-26T19:58:00+09:00"]
    edit(machine, timezone="Asia/Kathmandu", schedules=[{"time": "16:40"}])
    scheduler.tick()
    assert jobs(machine) == ["2025-11-26T16:40:00+05:45"]
    assert rows(machine) == []


def test_an_entry_that_is_added_after_its_time_waits_for_tomorrow(machine, started, clock):
    scheduler = started()
    clock.set("2025-11-25T19:30:20")
    edit(machine, enabled=True, schedules=[{"time": "19:30"}])
    scheduler.tick()
    assert (rows(machine), jobs(machine)) == ([], ["2025-11-26T19:30:00+01:00"])


def test_what_passed_while_it_was_disabled_was_not_missed(machine, started, clock):
    scheduler = started({"time": "19:30"})
    edit(machine, enabled=False)
    scheduler.tick()
    clock.set("2025-11-25T19:31")
    edit(machine, enabled=True)
    scheduler.tick()
    assert rows(machine) == []


def test_an_interval_keeps_its_rhythm_over_a_restart(machine, started, clock):
    started({"frequency": "interval", "interval_value": 90, "interval_unit": "minutes"})
    clock.pass_by(minutes=20)
    started()
    assert jobs(machine) == ["2025-11-25T09:30:00+01:00"]


def test_times_of_the_setting_are_due_although_the_file_is_disabled(machine_with, started, clock):
    machine = machine_with("obedient", RUN_TIME="03:00,19:30", TZ="Europe/Berlin")
    scheduler = started(on=machine)
    assert section(machine)["running"] is True
    assert jobs(machine) == ["2025-11-25T19:30:00+01:00", "2025-11-26T03:00:00+01:00"]
    clock.set("2025-11-25T19:30:01")
    scheduler.tick()
    assert statuses(machine) == [Status.QUEUED]


def test_an_entry_of_another_mode_runs_in_that_mode(machine, started, clock):
    scheduler = started({"time": "19:30", "mode": "testing"})
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert [run.mode for run in rows(machine)] == ["testing"]


def test_a_due_entry_is_skipped_while_a_run_waits_and_queued_where_that_is_wanted(machine, started, clock):
    with machine.database.writing() as session:
        request_run(session, "normal", Origin.API)
    scheduler = started({"time": "19:30"}, {"time": "20:30"})
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert content(machine)["last_run"] is None
    edit(machine, skip_if_running=False)
    clock.set("2025-11-25T20:30")
    scheduler.tick()
    assert statuses(machine) == [Status.QUEUED, Status.SKIPPED, Status.QUEUED]


@pytest.mark.parametrize(
    ("policy", "back", "expected"),
    [
        ({"missed": "skip"}, "19:30:40", Status.QUEUED),
        ({"missed": "skip"}, "19:32:00", Status.SKIPPED),
        ({"missed": "once", "grace_minutes": 30}, "19:59:59", Status.QUEUED),
        ({"missed": "once", "grace_minutes": 30}, "20:00:01", Status.SKIPPED),
        ({}, "19:34:59", Status.QUEUED),
        ({}, "19:35:01", Status.SKIPPED),
    ],
)
def test_a_time_that_passed_while_the_server_was_down(machine, started, clock, policy, back, expected):
    started({"time": "19:30"}, **policy)
    clock.set(f"2025-11-25T{back}")
    started()
    started()
    assert statuses(machine) == [expected]
    assert jobs(machine) == ["2025-11-26T19:30:00+01:00"]


def test_a_week_without_a_server_is_made_up_for_by_one_run(machine, started, clock):
    started({"frequency": "interval", "interval_value": 1, "time": "00:10"}, missed="once", grace_minutes=600)
    clock.set("2025-12-02T12:00")
    started()
    assert statuses(machine) == [Status.QUEUED]
    assert jobs(machine) == ["2025-12-02T12:10:00+01:00"]


def test_a_clock_that_jumps_ahead_misses_what_lies_far_behind(machine, started, clock):
    scheduler = started({"time": "19:30"}, {"time": "20:28"})
    clock.set("2025-11-25T19:29:59")
    scheduler.tick()
    clock.pass_by(hours=1)
    scheduler.tick()
    assert statuses(machine) == [Status.SKIPPED, Status.QUEUED]


def test_a_clock_that_goes_back_an_hour_repeats_nothing(machine, started, clock):
    scheduler = started({"time": "19:30"})
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    end_queued(machine)
    clock.pass_by(hours=-1)
    walk(scheduler, clock, "2025-11-25T21:00", seconds=30)
    started()
    assert statuses(machine) == [Status.COMPLETED]


def test_a_clock_that_was_years_ahead_does_not_silence_an_entry(machine, started, clock):
    clock.set("2031-01-01T19:30")
    scheduler = started({"time": "19:30"})
    walk(scheduler, clock, "2031-01-02T20:00", hours=1)
    clock.set("2025-11-25T19:00")
    scheduler.tick()
    assert jobs(machine) == ["2025-11-25T19:30:00+01:00"]
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert statuses(machine)[-1] == Status.QUEUED


def test_an_interval_goes_on_after_the_clock_went_back(machine, started, clock):
    scheduler = started({"frequency": "interval", "interval_value": 1})
    clock.pass_by(hours=-3)
    scheduler.tick()
    assert jobs(machine) == ["2025-11-25T06:00:00+01:00"]


def test_a_bad_entry_stops_no_other_and_stays_in_the_file(machine, started, clock):
    scheduler = started({"time": "25:00"}, {"time": "19:30"}, "nonsense")
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert statuses(machine) == [Status.QUEUED]
    assert content(machine)["schedules"][0] == {"time": "25:00"}
    told = section(machine)["problems"]
    assert [problem["message"].split()[2] for problem in told] == ["schedules[0]", "schedules[2]"]
    assert all(problem["advice"] and problem["source"] == "scheduler" for problem in told)


def test_a_job_that_fails_stops_no_other_and_is_tried_again(machine, started, clock, monkeypatch):
    scheduler = started({"time": "19:30"}, {"time": "19:30", "mode": "backup"})
    queue_backups_only(monkeypatch)
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert [run.mode for run in rows(machine)] == ["backup"]
    assert "could not be queued (RuntimeError)" in section(machine)["problems"][0]["message"]
    monkeypatch.undo()
    scheduler.tick()
    assert len(rows(machine)) == 1
    clock.pass_by(seconds=10)
    scheduler.tick()
    assert [run.mode for run in rows(machine)] == ["backup", "scheduled"]
    assert section(machine)["problems"] == []


def queue_backups_only(monkeypatch):
    import app.background.scheduler

    real = app.background.scheduler.queue_due

    def picky(session, entry, *others):
        if entry.mode != "backup":
            raise RuntimeError("out of order")
        return real(session, entry, *others)

    monkeypatch.setattr(app.background.scheduler, "queue_due", picky)


def test_a_job_that_keeps_failing_is_tried_ever_less_often(machine, started, clock, monkeypatch):
    scheduler = started({"time": "19:30"})
    queue_backups_only(monkeypatch)
    tries = []
    job = scheduler.library.jobs[0]
    monkeypatch.setattr(type(job), "put_off", counting(type(job).put_off, tries))
    clock.set("2025-11-25T19:30")
    for _ in range(1800):
        scheduler.tick()
        clock.pass_by(seconds=1)
    assert 4 <= len(tries) <= 10


def counting(method, tries):
    def counted(self, error):
        tries.append(error)
        return method(self, error)

    return counted


def test_a_database_that_lacks_its_tables_loses_no_due_moment(machine, started, clock):
    scheduler = started({"time": "19:30"}, missed="once", grace_minutes=30)
    with machine.database.writing() as session:
        session.execute(text("ALTER TABLE runs RENAME TO gone"))
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    with machine.database.writing() as session:
        session.execute(text("ALTER TABLE gone RENAME TO runs"))
    clock.pass_by(minutes=2)
    scheduler.tick()
    assert statuses(machine) == [Status.QUEUED]


def test_a_damaged_file_leaves_the_last_good_entries_in_force_and_is_not_overwritten(machine, started, clock):
    scheduler = started({"time": "19:30"})
    machine.paths.scheduler.write_text('{"enabled": tru')
    scheduler.tick()
    assert "line 1" in section(machine)["problems"][0]["message"]
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    scheduler.tick()
    assert statuses(machine) == [Status.QUEUED]
    assert machine.paths.scheduler.read_text() == '{"enabled": tru'
    write(machine, {"enabled": True, "schedules": [{"time": "19:30"}]})
    scheduler.tick()
    assert section(machine)["problems"] == []
    assert content(machine)["last_run"] == "2025-11-25T19:30:00.000000"
    assert jobs(machine) == ["2025-11-26T19:30:00+01:00"]


def test_a_file_that_is_damaged_at_the_start_does_not_silence_the_setting(machine_with, started):
    machine = machine_with("obedient", RUN_TIME="19:30", TZ="Europe/Berlin")
    machine.paths.scheduler.write_text("{")
    started(on=machine)
    assert jobs(machine) == ["2025-11-25T19:30:00+01:00"]
    assert machine.paths.scheduler.read_text() == "{"


def test_a_file_that_vanishes_leaves_the_last_good_entries_in_force(machine, started, clock):
    scheduler = started({"time": "19:30"})
    machine.paths.scheduler.unlink()
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert statuses(machine) == [Status.QUEUED]
    assert "is missing" in section(machine)["problems"][0]["message"]
    assert not machine.paths.scheduler.exists()


def test_a_file_that_cannot_be_written_delays_no_run_and_doubles_none(machine, started, clock, monkeypatch):
    scheduler = started({"time": "19:30"})
    monkeypatch.setattr("os.fsync", full_disk)
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert "No space left" in section(machine)["problems"][0]["message"]
    started()
    assert statuses(machine) == [Status.QUEUED]
    monkeypatch.undo()
    for _ in range(31):
        scheduler.tick()
    assert section(machine)["problems"] == []
    assert content(machine)["next_run"] == "2025-11-26T19:30:00+01:00"


def full_disk(*arguments):
    raise OSError(28, "No space left on device")


def test_a_folder_in_which_nothing_can_be_created_is_told_of_until_it_can(machine, started, monkeypatch):
    monkeypatch.setattr("os.fsync", full_disk)
    scheduler = started()
    assert "No space left" in section(machine)["problems"][0]["message"]
    monkeypatch.undo()
    for _ in range(31):
        scheduler.tick()
    assert (section(machine)["problems"], content(machine)["enabled"]) == ([], False)


def test_two_schedulers_that_both_think_they_lead_queue_one_run(machine, started, clock):
    both = [started({"time": "19:30"}), started()]
    clock.set("2025-11-25T19:30")
    for scheduler in both:
        scheduler.tick()
    assert statuses(machine) == [Status.QUEUED]


def test_marks_of_entries_that_have_gone_are_swept_up(machine, started):
    scheduler = started({"time": "19:30"}, {"time": "20:00"})
    edit(machine, schedules=[{"time": "20:00"}])
    scheduler.tick()
    assert list(content(machine)[MARKS]) == ["normal daily 20:00 Europe/Berlin"]


def test_marks_that_somebody_spoiled_do_no_harm(machine, started):
    started({"time": "19:30"}, **{MARKS: {"normal daily 19:30 Europe/Berlin": "spoiled"}})
    started({"time": "19:30"}, **{MARKS: 5})
    beginning = {"since": "0001-01-01T00:00:00+00:00", "handled": None}
    started({"time": "19:30"}, **{MARKS: {"normal daily 19:30 Europe/Berlin": beginning}})
    assert jobs(machine) == ["2025-11-25T19:30:00+01:00"]


def test_a_naive_clock_of_the_library_is_never_asked(machine, started, clock, monkeypatch):
    monkeypatch.setattr(schedule, "datetime", None)
    scheduler = started({"time": "19:30"})
    clock.set("2025-11-25T19:30")
    scheduler.tick()
    assert len(rows(machine)) == 1


def test_the_thread_follows_a_change_within_two_seconds_and_stops_at_once(machine):
    scheduler = Scheduler(machine)
    scheduler.start()
    eventually(lambda: section(machine) and machine.paths.scheduler.exists())
    edit(machine, enabled=True, schedules=[{"time": "19:30"}])
    eventually(lambda: len(jobs(machine)) == 1)
    scheduler.stop(timeout=2)
    assert not [thread for thread in threading.enumerate() if thread.name == "scheduler"]
    assert section(machine) == STOPPED


def test_making_a_scheduler_starts_nothing(machine):
    Scheduler(machine)
    assert section(machine) is None
    assert not machine.paths.scheduler.exists()
    assert not [thread for thread in threading.enumerate() if thread.name == "scheduler"]


def test_a_scheduler_that_never_started_can_be_stopped(machine):
    Scheduler(machine).stop()
    assert section(machine)["alive"] is False
