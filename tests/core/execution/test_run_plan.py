"""What a plan is of, and which log is a run's own."""

import os
from datetime import timedelta

import pytest

from app.core.execution.run_log import error_lines, has_own_log, last_log_lines
from app.core.execution.run_plan import PlannedRun, concerns_files, planned_run
from tests.past_runs import BEGAN, make_run


@pytest.mark.parametrize(
    ("mode", "arguments", "planned", "is_of_files"),
    [
        ("plan", [], PlannedRun("normal"), True),
        ("plan", ["-Backup"], PlannedRun("backup"), False),
        ("plan", ["-Backup", "-Kinds", "poster"], None, False),
        ("plan", ["-Clean"], None, True),
        ("plan", ["-Undo", "12"], PlannedRun(undoes=12), True),
        ("plan", ["-Undo", "20261129120000000000-12-1"], PlannedRun(undoes=12), True),
        ("plan", ["-Undo", "12", "-Only", '["a"]'], None, True),
        ("normal", [], None, True),
        ("syncjelly", [], None, False),
    ],
)
def test_a_plan_without_further_choices_can_be_started(mode, arguments, planned, is_of_files):
    run = make_run(mode=mode, arguments=arguments)
    assert planned_run(run) == planned
    assert concerns_files(run) is is_of_files


def test_a_log_belongs_to_the_last_run_that_writes_its_name(session):
    older = make_run(mode="normal")
    between = make_run(mode="testing", started_at=BEGAN + timedelta(hours=1))
    newer = make_run(mode="arr", started_at=BEGAN + timedelta(hours=2))
    waiting = make_run(mode="normal", started_at=None, queued_at=BEGAN)
    session.add_all([older, between, newer, waiting])
    session.flush()
    assert [has_own_log(session, run) for run in (older, between, newer, waiting)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_end_of_the_log_has_no_secrets_and_an_older_log_is_not_shown(machine):
    log = machine.paths.logs / "Scriptlog.log"
    log.write_text("one\n[2025-11-25 16:30] [ERROR]   |L.8  | a.jpg: not saved\ntwo\ntoken hunter22\n")
    run = make_run()
    assert last_log_lines(machine.paths, run, 2, ["hunter22"])[0] == "two"
    assert "hunter22" not in "".join(last_log_lines(machine.paths, run, 2, ["hunter22"]))
    assert error_lines(machine.paths, run, 5) == ["a.jpg: not saved"]
    os.utime(log, (BEGAN.timestamp() - 60,) * 2)
    assert last_log_lines(machine.paths, run, 2) == []
    assert last_log_lines(machine.paths, make_run(mode="testing"), 2) == []
