"""Locked databases, full disks and moved clocks delay, and lose nothing."""

import subprocess
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.background.dispatcher import Dispatcher
from app.core.processes import Identity
from app.models import Run
from app.models.base import now
from tests.driving import (
    ask_to_stop,
    drive,
    launched,
    queue,
    row,
    started_twice,
    starts,
    tick_until,
)


def test_a_locked_database_delays_the_outcome_and_loses_nothing(lasting, monkeypatch):
    machine = lasting(0.2)
    if not machine.database.is_sqlite:
        pytest.skip("only SQLite has one lock for all writers")
    dispatcher, number = launched(machine)
    monkeypatch.setattr("app.database.BUSY_SECONDS", 0.1)
    with hold_the_database(machine):
        tick_until(dispatcher, lambda: machine.state.read()["problems"], 40)
        assert row(machine, number).status == "running"
    run = drive(dispatcher, number)
    assert (run.status, run.total_images) == ("completed", 4) and not started_twice(machine)
    assert machine.state.read()["problems"] == []


def test_an_output_that_cannot_be_written_fails_the_run_with_the_reason(machine_with):
    machine = machine_with("obedient")
    number = queue(machine)
    (machine.paths.runs / f"{number}-1.log").mkdir()
    run = drive(Dispatcher(machine), number)
    assert run.status == "failed" and "Is a directory" in run.reason and starts(machine) == []


def test_a_disk_without_room_lets_the_run_wait(machine_with, monkeypatch):
    machine = machine_with("obedient")
    number = queue(machine)

    def full(order):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.background.dispatcher.launch", full)
    tick_until(Dispatcher(machine), lambda: row(machine, number).not_before)
    run = row(machine, number)
    assert (run.status, run.reason) == ("queued", "it cannot be launched: No space left on device")


def test_a_moved_clock_does_not_prolong_a_wait(unruly):
    machine = unruly("another_instance")
    number = queue(machine)
    dispatcher = Dispatcher(machine)
    tick_until(dispatcher, lambda: row(machine, number).not_before)
    dispatcher.clock_offset += 3600  # the clock was an hour ahead until now, and so was the wait
    with machine.database.writing() as session:
        session.get(Run, number).not_before += timedelta(hours=1)
    dispatcher.guarded_tick()
    assert 20 < (row(machine, number).not_before - now()).total_seconds() <= 30


def test_a_silent_log_raises_a_problem_that_goes_when_the_run_ends(unruly):
    machine = unruly("hangs")
    dispatcher, number = launched(machine)

    def told_after_a_long_silence():
        # Again at each look: the script's first words may come only now, and end the silence.
        dispatcher.active_run.following.moved_at -= 1801
        return machine.state.read()["problems"]

    tick_until(dispatcher, told_after_a_long_silence)
    problem = machine.state.read()["problems"][0]
    assert problem["source"] == "stalled" and "30 minutes" in problem["message"]
    ask_to_stop(machine, force=True)
    drive(dispatcher, number)
    assert machine.state.read()["problems"] == []


def test_an_identity_outlives_no_process():
    child = subprocess.Popen(["true"])
    child.wait()
    assert not Identity(child.pid, "").alive


def hold_the_database(machine):
    """Keeps every other writer out until the block ends."""
    return Holder(machine)


class Holder:
    def __init__(self, machine):
        self.machine = machine

    def __enter__(self):
        self.connection = self.machine.database.engine.execution_options(writes=True).connect()
        self.connection.execute(text("select 1"))

    def __exit__(self, *_):
        self.connection.rollback()
        self.connection.close()
