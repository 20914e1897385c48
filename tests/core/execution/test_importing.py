import json
import os
from datetime import datetime

import pytest
from sqlalchemy import select

from app.core import history
from app.core.execution.importing import ReportWatch
from app.core.execution.report import Reader
from app.models import Run
from tests.core.execution.test_report import make_body


@pytest.fixture
def watch(machine):
    return ReportWatch(machine.paths, Reader())


def look(watch, database):
    with database.writing() as session:
        files = watch.fresh()
        count = len(watch.take_in(session, files))
    watch.settle(files)
    return count


def put(folder, name="normal.json", **overrides):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(make_body(**overrides)))
    return path


def test_a_report_that_nobody_knows_becomes_a_completed_run_once(watch, machine, database):
    put(machine.paths.logs, "scheduled.json", Posters=3)
    assert look(watch, database) == 1 and look(watch, database) == 0
    assert look(ReportWatch(machine.paths, Reader()), database) == 0
    with database.reading() as session:
        run = session.scalar(select(Run))
    assert (run.mode, run.origin, run.status, run.posters) == ("scheduled", "recovered", "completed", 3)
    assert run.started_at == run.script_started_at and run.ended_at == run.script_ended_at


def test_a_manual_report_without_an_image_is_a_failed_run(watch, machine, database):
    put(machine.paths.logs, "manual.json", Posters=0, Backgrounds=0, Seasons=0, Titlecards=0, Collections=0)
    assert look(watch, database) == 1
    with database.reading() as session:
        run = session.scalar(select(Run))
    assert (run.status, run.reason) == ("failed", "the script made no image; its log says why")


def test_a_report_that_is_rotated_is_not_counted_again(watch, machine, database):
    put(machine.paths.logs)
    look(watch, database)
    machine.paths.logs.rename(machine.paths.rotated_logs / "Logs_20251125_170000")
    assert look(watch, database) == 0


def test_rotated_folders_are_looked_through_and_all_modes_count(watch, machine, database):
    put(machine.paths.rotated_logs / "Logs_1", "arr.json")
    put(machine.paths.rotated_logs / "Logs_2", "tautulli.json")
    put(machine.paths.rotated_logs / "Logs_2", "stranger.json")
    assert look(watch, database) == 2


def test_half_a_report_is_taken_in_when_it_is_whole(watch, machine, database):
    path = machine.paths.logs / "normal.json"
    path.write_text('{"Posters": 1')
    assert look(watch, database) == 0
    put(machine.paths.logs)
    assert look(watch, database) == 1


def test_a_file_that_did_not_change_is_not_read_again(watch, machine, database):
    path = put(machine.paths.logs)
    look(watch, database)
    assert watch.fresh() == {}
    os.utime(path)
    assert list(watch.fresh()) == [path]


def test_the_same_report_in_two_places_is_one_run(watch, machine, database):
    put(machine.paths.logs)
    put(machine.paths.rotated_logs / "Logs_1")
    assert look(watch, database) == 1


def test_a_report_without_times_is_dated_by_its_file(watch, machine, database):
    path = put(machine.paths.logs, **{"Start time": None, "End Time": None})
    os.utime(path, (1_700_000_000, 1_700_000_000))
    look(watch, database)
    with database.reading() as session:
        assert session.scalar(select(Run)).ended_at.timestamp() == 1_700_000_000


def test_a_history_that_was_cleaned_does_not_get_its_old_runs_back(watch, machine, database):
    put(machine.paths.rotated_logs / "Logs_1")
    assert look(watch, database) == 1
    with database.writing() as session:
        assert history.forget_older_than(session, 30) == 1
    today = f"{datetime.now():%d.%m.%Y} 00:00:01"
    put(machine.paths.rotated_logs / "Logs_2", **{"Start time": today, "End Time": today})
    assert look(ReportWatch(machine.paths, Reader()), database) == 1
    with database.writing() as session:
        history.forget_older_than(session, 90)
        assert session.scalar(select(Run.script_ended_at)).date() == datetime.now().date()
    put(machine.paths.rotated_logs / "Logs_3", "testing.json")
    assert look(ReportWatch(machine.paths, Reader()), database) == 0
