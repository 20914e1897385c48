"""The thread that keeps which problems are over."""

import os
import time

import pytest

from app.background.problem_watch import ProblemWatch
from app.background.problems import Problems
from app.core.problem_history import stored_history


@pytest.fixture
def watch(machine):
    machine.state.publish(leader={"pid": os.getpid()})
    return ProblemWatch(machine)


def history_of(machine):
    with machine.database.reading() as session:
        return stored_history(session)


def test_a_problem_that_is_resolved_is_in_the_history_also_after_a_restart(machine, watch):
    Problems(machine.state).report("log", "The log cannot be read: x.", "Repair it.", {})
    watch.tick()
    assert "log" in {each["source"] for each in history_of(machine)["open"]}
    Problems(machine.state).resolve("log")
    watch.tick()
    again = ProblemWatch(machine)
    again.tick()
    assert [each["source"] for each in history_of(machine)["mended"]] == ["log"]


def test_the_thread_waits_for_the_first_reports_of_others_and_stops_at_once(machine, watch):
    watch.start()
    began = time.monotonic()
    watch.stop()
    assert watch.has_ended and time.monotonic() - began < watch.pause_seconds / 2
