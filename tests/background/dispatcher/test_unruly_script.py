"""Whatever a script does wrong, its run ends with a true status and a reason."""

import os
import time

import pytest

from app.background.dispatcher import Dispatcher
from app.models import Run
from app.models.base import now
from tests.driving import (
    drive,
    eventually,
    finished,
    queue,
    row,
    tick_until,
)


def test_an_end_without_any_word_is_a_failure(unruly):
    run = finished(unruly("says_nothing"))
    assert (run.status, run.reason, run.exit_code) == ("failed", "the script ended without a report", 0)


@pytest.mark.slow
def test_half_a_report_without_a_summary_is_a_failure(unruly):
    run = finished(unruly("half_report"))
    assert (run.status, run.total_images) == ("failed", 0)


def test_half_a_report_leaves_the_word_to_the_log(unruly):
    run = finished(unruly("half_report_with_summary"))
    assert (run.status, run.total_images, run.posters) == ("completed", 4, 4)


def test_a_report_that_becomes_whole_a_moment_later_is_read(unruly):
    run = finished(unruly("late_report"))
    assert (run.status, run.posters) == ("completed", 7)


def test_a_report_of_nonsense_completes_with_what_could_be_read(unruly):
    run = finished(unruly("nonsense_report"))
    assert (run.status, run.posters, run.fallbacks, run.errors, run.textless) == ("completed", 0, 0, 0, 2)


def test_a_crash_fails_with_the_last_error_and_no_secret(unruly):
    run = finished(unruly("crashes"))
    assert (run.status, run.exit_code) == ("failed", 3)
    assert run.reason.startswith("The server at http://plex/") and "abc123" not in run.reason


def test_a_handled_exit_fails_with_its_reason_though_the_code_is_zero(unruly):
    run = finished(unruly("gives_up"))
    assert (run.status, run.reason, run.exit_code) == ("failed", "No library was found", 0)


def test_a_killed_script_fails_and_its_running_file_goes(unruly):
    machine = unruly("kills_itself")
    run = finished(machine)
    assert (run.status, run.exit_code) == ("failed", -9) and "SIGKILL" in run.reason
    assert not machine.paths.running_file.exists()


@pytest.mark.parametrize("fault", ["rotates_meanwhile", "writes_bytes"])
def test_odd_logs_do_not_matter(unruly, fault):
    assert finished(unruly(fault)).status == "completed"


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["floods", "floods_output"])
def test_a_flood_does_not_drown_the_dispatcher(unruly, fault):
    machine = unruly(fault)
    number = queue(machine)
    dispatcher = Dispatcher(machine)
    longest = 0.0

    def look():
        nonlocal longest
        began = time.monotonic()
        dispatcher.guarded_tick()
        longest = max(longest, time.monotonic() - began)
        return row(machine, number).status == "completed"

    eventually(look, 40)
    assert longest < 10


def test_another_instance_puts_the_run_back_with_a_wait(unruly):
    machine = unruly("another_instance")
    number = queue(machine)
    tick_until(Dispatcher(machine), lambda: row(machine, number).not_before)
    run = row(machine, number)
    assert (run.status, run.pid, run.started_at) == ("queued", None, None)
    assert run.reason == "another Posterizarr instance is running"
    assert 20 < (run.not_before - now()).total_seconds() <= 30


def test_a_run_put_back_takes_place_when_its_wait_is_over(unruly, monkeypatch):
    machine = unruly("another_instance")
    number = queue(machine, reason="a film arrived")
    dispatcher = Dispatcher(machine)
    tick_until(dispatcher, lambda: row(machine, number).not_before)
    machine.paths.running_file.unlink(missing_ok=True)
    monkeypatch.setenv("FAKE_FAULT", "half_report_with_summary")
    with machine.database.writing() as session:
        session.get(Run, number).not_before = now()
    run = drive(dispatcher, number)
    assert (run.status, run.attempt, run.reason) == ("completed", 2, None)


def test_a_script_that_does_not_exist_fails_with_the_reason(machine_with, tmp_path):
    run = finished(machine_with("obedient", POSTER_SCRIPT=tmp_path / "absent"))
    assert run.status == "failed" and run.exit_code == 127
    assert run.reason == f"{tmp_path / 'absent'} cannot be started: No such file or directory"


def test_a_python_script_that_does_not_exist_fails_in_the_words_of_python(machine_with, tmp_path):
    run = finished(machine_with("obedient", POSTER_SCRIPT=tmp_path / "absent.py"))
    assert run.status == "failed" and "No such file" in run.reason


def test_powershell_is_called_with_the_file(machine_with, monkeypatch, tmp_path):
    shell = tmp_path / "pwsh"
    shell.write_text('#!/bin/sh\necho "$@" > "$APP_DATA/words"\n')
    shell.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    machine = machine_with("obedient", POSTER_SCRIPT="/app/Posterizarr.ps1")
    finished(machine, "testing")
    assert (machine.paths.data / "words").read_text() == "-File /app/Posterizarr.ps1 -Testing\n"
