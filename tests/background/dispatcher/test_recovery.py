"""What a server left behind is found: nothing queued is lost, nothing runs twice."""

import json
import os
import signal
import subprocess
import sys

from app.background.dispatcher import Dispatcher
from app.core.execution.attempt import Attempt
from app.core.execution.recovery import claim_record
from app.core.runner import launch
from tests.driving import (
    claim,
    drive,
    eventually,
    launched,
    leave,
    queue,
    row,
    rows,
    script,
    starts,
    tick_until,
)


def test_a_run_claimed_but_never_launched_goes_back_and_runs_once(machine_with):
    machine = machine_with("obedient")
    number = queue(machine)
    claim(machine)
    run = drive(Dispatcher(machine), number)
    assert (run.status, run.attempt) == ("completed", 2)
    assert [token for token, _, _ in starts(machine)] == [f"{number}-2"]


def test_a_launcher_that_comes_late_does_nothing(machine_with):
    machine = machine_with("obedient")
    number = queue(machine)
    run = claim(machine)
    dispatcher = Dispatcher(machine)
    order = dispatcher.order(Attempt.of(machine.paths, run), run, Attempt.of(machine.paths, run).before())
    assert drive(dispatcher, number).attempt == 2
    late = launch(order)
    assert eventually(late.exit_code) == 75
    assert [token for token, _, _ in starts(machine)] == [f"{number}-2"]


def test_a_launch_whose_pid_was_never_written_down_is_found_by_its_record(lasting):
    machine = lasting(1.0)
    number = queue(machine)
    run = claim(machine)
    first = Dispatcher(machine)
    first.launch(run)
    leave(first)
    eventually(lambda: starts(machine))
    run = drive(Dispatcher(machine), number)
    assert (run.status, run.attempt, run.pid) == ("completed", 1, starts(machine)[0][1])


def test_a_script_that_ended_while_the_server_was_away_has_its_outcome_read(lasting):
    machine = lasting(0.2)
    first, number = launched(machine)
    pid = row(machine, number).pid
    leave(first)
    first.active_run.following.child.process.returncode = None
    eventually(lambda: first.active_run.following.child.process.poll() is not None)
    run = drive(Dispatcher(machine), number)
    assert (run.status, run.exit_code, run.pid) == ("completed", None, pid)
    assert len(rows(machine)) == 1


def test_a_script_killed_while_the_server_was_away_is_interrupted(unruly):
    machine = unruly("hangs")
    first, number = launched(machine)
    pid = row(machine, number).pid
    os.kill(pid, signal.SIGKILL)
    eventually(first.active_run.following.child.process.poll)
    run = drive(Dispatcher(machine), number)
    assert run.status == "interrupted" and "away" in run.reason


def test_a_pid_that_belongs_to_somebody_else_by_now_is_not_followed(unruly):
    machine = unruly("hangs")
    number = queue(machine)
    run = claim(machine)
    record = {"pid": os.getpid(), "started": "another-boot:1", "before": None}
    Attempt.of(machine.paths, run).record.write_text(json.dumps(record))
    assert drive(Dispatcher(machine), number).status == "interrupted"


def test_an_attempt_whose_record_another_process_made_goes_back_to_the_queue(machine_with):
    machine = machine_with("obedient")
    number = queue(machine)
    claim_record(Attempt.of(machine.paths, claim(machine)).record)
    assert drive(Dispatcher(machine), number).attempt == 2


def test_a_report_rotated_away_meanwhile_is_still_ours(lasting):
    machine = lasting(0)
    number = queue(machine)
    first = Dispatcher(machine)
    first.launch(claim(machine))
    first.active_run.following.child.process.wait()
    subprocess.run(
        [sys.executable, script("obedient")],
        env=os.environ | {"APP_DATA": str(machine.paths.data)},
        check=True,
    )
    second = Dispatcher(machine)
    run = drive(second, number)
    second.import_due = 0
    tick_until(second, lambda: len(rows(machine)) == 2 or second.import_due)
    origins = [found.origin for found in rows(machine)]
    assert run.status == "completed" and origins.count("api") == 1 and len(origins) <= 2


def test_quick_runs_of_one_second_are_told_apart_also_after_a_restart(lasting):
    machine = lasting(0)
    drive(Dispatcher(machine), queue(machine))
    for _ in range(3):
        number = queue(machine)
        first = Dispatcher(machine)
        first.launch(claim(machine))
        first.active_run.following.child.process.wait()
        run = drive(Dispatcher(machine), number)
        assert (run.status, run.exit_code, run.fallbacks) == ("completed", None, 1)
        assert run.report_key
