"""What a person reads who stops a run, whatever the run does in the meantime."""

import json

import pytest

from app.models import Origin, Status
from app.services import run_stopping
from app.services.run_stopping import NOTHING, halt, stop_message, within
from tests.driving import row, rows
from tests.past_runs import make_run


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    for name in ("ANSWER_SECONDS", "POLITE_SECONDS", "LOOK_SECONDS"):
        monkeypatch.setattr(run_stopping, name, 0.02)


def add_running(machine, origin=Origin.API):
    with machine.database.writing() as session:
        session.add(make_run(status=Status.RUNNING, origin=origin, ended_at=None))


def ends_as(machine, monkeypatch, status):
    """The run ends while the caller waits for it."""
    real = run_stopping.status_of

    def look(machine, number):
        with machine.database.writing() as session:
            session.query(run_stopping.Run).filter_by(id=number).update({"status": status})
        return real(machine, number)

    monkeypatch.setattr(run_stopping, "status_of", look)


def test_where_nothing_runs_nothing_is_stopped(machine):
    with machine.database.writing() as session:
        session.add_all([make_run(), make_run(status=Status.QUEUED, ended_at=None)])
    assert halt(machine, force=False) == halt(machine, force=True) == (False, NOTHING)
    assert [run.stop_requested for run in rows(machine)] == [None, None]


@pytest.mark.parametrize(
    ("origin", "force", "message"),
    [
        (Origin.API, False, "Stopping: manual, it has not ended yet"),
        (Origin.SCHEDULE, True, "Stopping: scheduled, it has not ended yet"),
        (Origin.WEBHOOK, True, "Stopping: manual, it has not ended yet"),
    ],
)
def test_a_run_that_goes_on_has_its_stop_requested(machine, origin, force, message):
    add_running(machine, origin)
    assert halt(machine, force) == (True, message)
    assert row(machine, 1).stop_requested == ("force" if force else "polite")


def test_a_forced_stop_stays_forced_when_another_caller_is_polite(machine):
    add_running(machine)
    halt(machine, force=True)
    halt(machine, force=False)
    assert row(machine, 1).stop_requested == "force"


@pytest.mark.parametrize(
    ("status", "force", "message"),
    [
        (Status.STOPPED, False, "Stopped: manual"),
        (Status.STOPPED, True, "Force killed: manual"),
        (Status.COMPLETED, False, "Ended: manual, before it could be stopped"),
        (Status.FAILED, True, "Ended: manual, before it could be stopped"),
    ],
)
def test_a_run_that_ends_meanwhile_says_how(machine, monkeypatch, status, force, message):
    add_running(machine)
    ends_as(machine, monkeypatch, status)
    assert halt(machine, force) == (True, message)


def test_a_run_whose_row_is_deleted_meanwhile_counts_as_stopped(machine, monkeypatch):
    add_running(machine)
    monkeypatch.setattr(run_stopping, "status_of", lambda *_: None)
    assert halt(machine, force=False) == (True, "Stopped: manual")


def test_a_running_file_without_a_script_is_nothing_that_runs(machine):
    machine.paths.running_file.parent.mkdir(parents=True, exist_ok=True)
    machine.paths.running_file.write_text(json.dumps({"pid": 2**22 - 1}))
    assert halt(machine, force=True) == (False, NOTHING)


def test_each_outcome_is_a_sentence_of_its_own():
    cases = [(force, ended) for force in (True, False) for ended in (True, False)]
    assert [stop_message("x", *case) for case in cases] == [
        "Force killed: x",
        "Stopping: x, it has not ended yet",
        "Stopped: x",
        "Stopping: x, it has not ended yet",
    ]


def test_a_check_is_asked_once_more_at_the_end():
    answers = iter([False, True])
    assert within(0.02, lambda: next(answers))
    assert not within(0, lambda: False) and within(0, lambda: True)
