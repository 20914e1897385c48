"""A stop ends the script and all that came of it."""

import os
import signal
import subprocess
import time

import pytest

from app.background.dispatcher import Dispatcher
from app.core.execution.attempt import Attempt
from app.core.modes import MODES
from app.core.paths import Paths
from tests.driving import (
    ask_to_stop,
    claim,
    drive,
    drive_to_launch,
    eventually,
    finished,
    launched,
    leave,
    queue,
    row,
    starts,
    survivors,
    tick_until,
)


def has_grandchildren(machine):
    return len(list(machine.paths.data.glob("grandchild.*"))) == 3


def test_a_polite_stop_ends_the_script_and_says_so(unruly):
    machine = unruly("hangs")
    dispatcher, number = launched(machine)
    ask_to_stop(machine)
    run = drive(dispatcher, number)
    assert (run.status, run.reason, run.exit_code) == ("stopped", "was stopped by request", -15)
    assert not machine.paths.running_file.exists()


@pytest.mark.slow
def test_a_script_deaf_to_sigterm_is_killed_after_ten_seconds(unruly):
    machine = unruly("ignores_term")
    dispatcher, number = launched(machine)
    ask_to_stop(machine)
    began = time.monotonic()
    run = drive(dispatcher, number, 60)
    assert (run.status, run.exit_code) == ("stopped", -9) and time.monotonic() - began > 9.5


def test_force_kills_a_deaf_script_at_once(unruly):
    machine = unruly("ignores_term")
    dispatcher, number = launched(machine)
    ask_to_stop(machine, force=True)
    began = time.monotonic()
    assert drive(dispatcher, number).exit_code == -9 and time.monotonic() - began < 9


def test_a_polite_stop_can_be_made_a_forced_one(unruly):
    machine = unruly("ignores_term")
    dispatcher, number = launched(machine)
    ask_to_stop(machine)
    dispatcher.guarded_tick()
    ask_to_stop(machine, force=True)
    assert drive(dispatcher, number).exit_code == -9


def test_grandchildren_go_too_even_from_sessions_of_their_own(unruly):
    machine = unruly("leaves_grandchildren")
    dispatcher, number = launched(machine)
    tick_until(dispatcher, lambda: has_grandchildren(machine))
    assert len(survivors(machine, number)) == 4
    ask_to_stop(machine, force=True)
    assert drive(dispatcher, number).status == "stopped"
    assert survivors(machine, number) == []


def test_a_stop_spares_the_run_of_the_same_number_in_another_data_folder(unruly, tmp_path):
    machine = unruly("hangs")
    number = queue(machine)
    other = Attempt(Paths(tmp_path / "other"), number, 1, MODES["normal"])
    stranger = subprocess.Popen(["sleep", "60"], env=other.marked(dict(os.environ)), start_new_session=True)
    dispatcher = Dispatcher(machine)
    drive_to_launch(dispatcher, number)
    ask_to_stop(machine, force=True)
    status, code = drive(dispatcher, number).status, stranger.poll()
    stranger.kill()
    stranger.wait()
    assert (status, code) == ("stopped", None)


def test_a_stop_before_the_launch_outlives_the_server_that_died_in_between(machine_with):
    machine = machine_with("obedient")
    number = queue(machine)
    claim(machine)
    ask_to_stop(machine)
    run = drive(Dispatcher(machine), number)
    assert (run.status, run.reason) == ("stopped", "was stopped by request before it began")
    assert starts(machine) == []


def test_a_stop_is_finished_after_a_restart_though_the_script_itself_is_gone(unruly):
    machine = unruly("leaves_grandchildren")
    first, number = launched(machine)
    pid = row(machine, number).pid
    tick_until(first, lambda: has_grandchildren(machine))
    ask_to_stop(machine, force=True)
    os.kill(pid, signal.SIGKILL)
    eventually(first.active_run.following.child.process.poll)
    assert len(survivors(machine, number)) == 3
    run = drive(Dispatcher(machine), number)
    assert (run.status, run.reason) == ("stopped", "was stopped by request")
    assert survivors(machine, number) == []


@pytest.mark.slow
def test_deaf_grandchildren_are_killed_though_their_parent_went_politely(unruly):
    machine = unruly("leaves_grandchildren")
    dispatcher, number = launched(machine)
    tick_until(dispatcher, lambda: has_grandchildren(machine))
    ask_to_stop(machine)
    assert drive(dispatcher, number, 20).exit_code == -15 and survivors(machine, number) == []


def test_a_run_over_its_time_is_ended_and_failed(unruly):
    machine = unruly("hangs", RUN_TIMEOUT=1)
    run = finished(machine)
    assert (run.status, run.reason) == ("failed", "stopped after 1 s (RUN_TIMEOUT)")


def test_a_time_limit_counts_from_the_start_of_the_script_also_after_a_restart(unruly):
    machine = unruly("hangs", RUN_TIMEOUT=3)
    first, number = launched(machine)
    leave(first)
    time.sleep(3)
    second = Dispatcher(machine)
    second.tick()
    assert second.active_run.following.lasted >= 3
    assert drive(second, number).status == "failed"
