from datetime import UTC, datetime

import pytest

from app.core.execution.outcome import Ending, RunEvidence, judge_run, plain_message, put_back, write_down
from app.core.execution.report import Report
from app.models import Run, Status

ALREADY = (
    "[2025-11-25 16:34:18] [WARNING] |L.9    | Another Posterizarr instance already running, exiting now..."
)
SUMMARY = "[2025-11-25 16:34:18] [INFO]    |L.33561| Script execution time: 0h 4m 14s "
ERROR = "[2025-11-25 16:34:18] [ERROR]   |L.12   | [ERROR-HERE] The token is wrong"
NEW_ERROR = "[2025-11-25 16:34:18] [ERROR]    [T01]  |NormalMode.ps1:L.849         | The disk is full"
EXITING = "[2025-11-25 16:34:18] [INFO]    |L.20   | Exiting Posterizarr run..."
LEFT = "[2025-11-25 16:34:18] [INFO]    |L.77  | Left: A/poster.jpg (changed since then: left alone)"
REPORT = Report({"posters": 3, "runtime_seconds": 9}, key="normal|a|b")


def make_evidence(**overrides):
    return RunEvidence(**{"mode_reports": True, "exit_code": 0, **overrides})


def test_a_report_completes_whatever_the_exit_code_says():
    assert judge_run(make_evidence(report=REPORT, exit_code=6)) == Ending(Status.COMPLETED, None, REPORT)


@pytest.mark.parametrize(
    ("errors", "log", "reason"),
    [
        (0, (ERROR, SUMMARY), None),
        (1, (ERROR, SUMMARY), "1 error: The token is wrong"),
        (3, (ERROR, NEW_ERROR, SUMMARY), "3 errors, the last: The disk is full"),
        (3, (SUMMARY,), "3 errors"),
    ],
)
def test_a_run_that_completes_with_errors_tells_the_last(errors, log, reason):
    report = Report({"errors": errors}, key="manual|a|b")
    assert judge_run(make_evidence(report=report, log=log)) == Ending(Status.COMPLETED, reason, report)


@pytest.mark.parametrize(
    ("values", "log", "status", "reason"),
    [
        ({"total_images": 0, "errors": 1}, (ERROR, SUMMARY), Status.FAILED, "The token is wrong"),
        ({"total_images": 0}, (SUMMARY,), Status.FAILED, "the script made no image; its log says why"),
        ({"total_images": 0, "collections": 1}, (), Status.COMPLETED, None),
        ({"total_images": 1}, (), Status.COMPLETED, None),
        ({}, (), Status.COMPLETED, None),
    ],
)
def test_a_mode_that_makes_one_image_has_failed_where_it_made_none(values, log, status, reason):
    ending = judge_run(make_evidence(report=Report(values), log=log, must_draw=True))
    assert (ending.status, ending.reason) == (status, reason)
    assert judge_run(make_evidence(report=Report(values), log=log)).status == Status.COMPLETED


def test_a_summary_in_the_log_completes_where_there_is_no_report():
    ending = judge_run(make_evidence(log=(SUMMARY,)))
    assert (ending.status, ending.report.values["runtime_seconds"]) == (Status.COMPLETED, 254)


@pytest.mark.parametrize("where", ["log", "output"])
def test_another_instance_sends_it_back_to_the_queue(where):
    ending = judge_run(make_evidence(**{where: (ALREADY,)}))
    assert (ending.status, ending.retry_seconds) == (Status.QUEUED, 30.0)


def test_a_foreign_script_that_found_us_running_does_not_undo_our_report():
    assert judge_run(make_evidence(report=REPORT, log=(ALREADY, SUMMARY))).status == Status.COMPLETED


@pytest.mark.parametrize(("code", "status"), [(75, Status.QUEUED), (74, Status.QUEUED), (127, Status.FAILED)])
def test_a_launcher_that_refused_is_told_apart(code, status):
    ending = judge_run(make_evidence(exit_code=code, output=("posterizarr-launch: pwsh cannot be started",)))
    assert (ending.status, ending.reason) == (status, "pwsh cannot be started")


@pytest.mark.parametrize(
    "silent", [{"has_begun": False, "exit_code": 1}, {"exit_code": 74}, {"exit_code": 75}]
)
def test_a_launch_that_could_not_be_recorded_waits_also_where_nothing_could_be_said(silent):
    ending = judge_run(make_evidence(**silent))
    assert (ending.status, ending.reason) == (Status.QUEUED, "the launch could not be recorded")


def test_a_script_may_end_with_the_code_of_a_launcher():
    log = ("[2025-11-25 16:34:18] [INFO]    |L.9    | Reset done",)
    assert judge_run(make_evidence(exit_code=74, log=log)).status == Status.FAILED


def test_a_foreign_script_that_found_us_running_does_not_make_us_run_again():
    foreign = make_evidence(mode_reports=False, log=(ALREADY,), has_worked=True)
    assert judge_run(foreign).status == Status.COMPLETED
    assert judge_run(make_evidence(log=(ALREADY,), has_worked=True, exit_code=-9)).status == Status.FAILED


def test_a_run_that_somebody_wants_stopped_is_not_put_back():
    run = Run(mode="normal", attempt=1, status=Status.RUNNING, stop_requested="polite")
    put_back(run, Ending(Status.QUEUED, "the disk is full"), datetime(2025, 1, 1, tzinfo=UTC))
    assert (run.status, run.reason) == (Status.STOPPED, "was stopped by request before it began")
    assert run.ended_at and run.not_before is None


def test_a_launch_that_failed_is_known_by_its_words_when_nobody_saw_the_code():
    ending = judge_run(
        make_evidence(exit_code=None, was_followed=False, output=("posterizarr-launch: no pwsh",))
    )
    assert (ending.status, ending.reason) == (Status.FAILED, "no pwsh")


def test_a_handled_exit_fails_with_the_error_before_it():
    ending = judge_run(make_evidence(log=(ERROR, EXITING)))
    assert (ending.status, ending.reason) == (Status.FAILED, "The token is wrong")


def test_a_handled_exit_without_an_error_gives_the_line_before_it():
    line = "[2025-11-25 16:34:18] [WARNING] |L.9    | Please configure a library"
    assert judge_run(make_evidence(log=(line, EXITING))).reason == "Please configure a library"
    assert judge_run(make_evidence(log=(EXITING,))).reason == "Exiting Posterizarr run"


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        ({}, "the script ended without a report"),
        ({"log": (ERROR,)}, "The token is wrong"),
        ({"log": (ERROR, NEW_ERROR)}, "The disk is full"),
        (
            {"exit_code": 1, "output": ("Traceback", "KeyError: 'x'", "")},
            "the script ended with exit code 1: KeyError: 'x'",
        ),
        ({"exit_code": -9}, "the script was killed by signal 9 (SIGKILL)"),
        ({"exit_code": -77}, "the script was killed by signal 77"),
        ({"exit_code": None}, "the script ended without a report"),
    ],
)
def test_without_any_report_it_failed_with_the_best_reason_there_is(overrides, reason):
    ending = judge_run(make_evidence(**overrides))
    assert (ending.status, ending.reason) == (Status.FAILED, reason)


def test_a_mode_that_never_writes_a_report_completes_when_it_ends_well():
    log = ("[2025-11-25 16:34:18] [INFO]    |L.9    | Reset done",)
    assert judge_run(make_evidence(mode_reports=False, log=log)).status == Status.COMPLETED
    assert judge_run(make_evidence(mode_reports=False, log=(*log, ERROR))).status == Status.FAILED
    assert judge_run(make_evidence(mode_reports=False)).status == Status.FAILED


def test_an_end_that_nobody_saw_and_that_left_nothing_was_an_interruption():
    assert (
        judge_run(make_evidence(exit_code=None, was_followed=False, log=(ERROR,))).status
        == Status.INTERRUPTED
    )
    assert (
        judge_run(make_evidence(exit_code=None, was_followed=False, report=REPORT)).status == Status.COMPLETED
    )
    assert (
        judge_run(make_evidence(exit_code=None, was_followed=False, log=(SUMMARY,))).status
        == Status.COMPLETED
    )


def test_reasons_hold_no_secret_no_escape_and_are_short():
    text = "\x1b[31mhttps://x/?X-Plex-Token=abc123secret failed\x1b[0m\x00" + "y" * 2000
    shown = plain_message(text)
    assert "abc123secret" not in shown and "\x1b" not in shown and "\x00" not in shown and len(shown) <= 500


def test_a_report_fills_the_row_and_tells_the_time_it_took():
    run = Run(mode="normal", attempt=1, reason="a film arrived")
    write_down(run, Ending(Status.COMPLETED, None, REPORT), datetime(2025, 1, 1, tzinfo=UTC), 77.0)
    assert (run.status, run.posters, run.runtime_seconds, run.report_key) == ("completed", 3, 9, "normal|a|b")
    assert run.reason == "a film arrived"


def test_a_run_without_a_report_lasted_as_long_as_its_process():
    run = Run(mode="normal", attempt=2, reason="another instance is running")
    write_down(run, Ending(Status.FAILED, None), datetime(2025, 1, 1, tzinfo=UTC), 77.4)
    assert (run.runtime_seconds, run.reason) == (77, None)


def test_a_message_that_was_not_sent_is_the_reason_of_a_run_without_errors():
    report = Report({"errors": 0}, message_problems=("Discord: no usable answer",))
    ending = judge_run(RunEvidence(mode_reports=True, report=report))
    assert ending.status == Status.COMPLETED
    assert ending.reason == "the message about the run was not sent: Discord: no usable answer"


@pytest.mark.parametrize(
    ("left", "log", "reason"),
    [
        (0, (LEFT, SUMMARY), None),
        (1, (LEFT, SUMMARY), "1 picture was not taken back: A/poster.jpg (changed since then: left alone)"),
        (2, (SUMMARY,), "2 pictures were not taken back"),
    ],
)
def test_an_undo_that_left_something_says_how_much_and_why(left, log, reason):
    ending = judge_run(make_evidence(report=Report({"errors": 0}, left=left), log=log))
    assert (ending.status, ending.reason) == (Status.COMPLETED, reason)
