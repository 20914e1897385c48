"""Past runs come into the history once, with the counts that the old program should have shown."""

import json
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.core.execution.importing import ReportWatch
from app.core.execution.report import Reader
from app.core.history import COUNTERS, forget_older_than, history_page
from app.models import Run
from tests.core.execution.test_report import make_body
from tests.upstream import EARLY_HISTORY, make_history, make_past_run

BERLIN = ZoneInfo("Europe/Berlin")


def shown(session):
    return history_page(session, 50, 0, None, BERLIN)[0]


def test_a_past_run_is_shown_with_everything_that_was_recorded(session, take, data):
    make_history(data, make_past_run(tba_skipped="2", errors="3"))
    assert take("history").taken == 1
    (run,) = shown(session)
    expected = {
        "mode": "scheduled",
        "timestamp": "2025-11-25T16:30:03",
        "start_time": "2025-11-25T16:30:03",
        "end_time": "2025-11-25T16:34:17",
        "runtime_formatted": "0h 4m 14s",
        "status": "completed",
        "origin": "recovered",
        "log_file": "scheduled.json",
        "space_saved": "1.20 GB",
        "script_version": "2.1.15",
        "notification_sent": True,
        "notes": "taken over from runtime_stats.db",
    }
    counts = dict.fromkeys(COUNTERS, 0) | {
        "notification_sent": True,
        "total_images": 4,
        "posters": 1,
        "seasons": 2,
    }
    counts |= {"backgrounds": 1, "collections": 1, "errors": 3, "fallbacks": 1, "tba_skipped": 2}
    assert {name: run[name] for name in expected | counts} == counts | expected


def test_a_second_takeover_and_the_report_of_the_same_run_add_nothing(session, take, machine, data):
    make_history(data, make_past_run(), make_past_run(id=9), make_past_run(start_time="", end_time=None))
    first, second = take("history"), take("history")
    assert [(first.taken, first.known), (second.taken, second.known)] == [(2, 1), (0, 3)]
    (machine.paths.logs / "scheduled.json").write_text(json.dumps(make_body()))
    watch = ReportWatch(machine.paths, Reader(BERLIN))
    assert watch.take_in(session, watch.fresh()) == []


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"mode": "tautulli", "posters": 4, "total_images": 7}, (1, 4)),
        ({"mode": "Manual", "posters": 4, "total_images": 7}, (1, 4)),
        ({"mode": "backup", "log_file": "Scriptlog.log", "posters": 4, "total_images": 9}, (4, 9)),
        ({"mode": "normal", "posters": 4, "total_images": 7}, (4, 7)),
        ({"mode": "normal", "posters": "many", "total_images": None}, (0, 3)),
    ],
)
def test_pictures_that_were_counted_twice_are_counted_once(session, take, data, changes, counts):
    make_history(data, make_past_run(**changes))
    take("history")
    (run,) = shown(session)
    assert (run["posters"], run["total_images"]) == counts


@pytest.mark.parametrize(
    ("changes", "start", "seconds"),
    [
        (
            {"start_time": None, "end_time": None, "timestamp": "25.11.2025 16:30:03"},
            "2025-11-25T16:30:03",
            254,
        ),
        ({"start_time": "garbage", "timestamp": "2025-11-25T15:30:03Z"}, "2025-11-25T16:30:03", 254),
        ({"runtime_seconds": None}, "2025-11-25T16:30:03", 254),
        ({"runtime_seconds": None, "runtime_formatted": "0:04:10"}, "2025-11-25T16:30:03", 250),
        ({"runtime_seconds": 1e300}, "2025-11-25T16:30:03", 2**31 - 1),
        ({"mode": "x\n" * 99, "log_file": b"\xff.log", "script_version": 2.1}, "2025-11-25T16:30:03", 254),
    ],
)
def test_odd_values_cost_no_run(session, take, data, changes, start, seconds):
    make_history(data, make_past_run(**changes))
    assert take("history").taken == 1
    (run,) = shown(session)
    assert (run["start_time"] or run["timestamp"], run["runtime_seconds"]) == (start, seconds)


def test_a_table_of_an_early_version_is_taken_over_without_what_it_lacks(session, take, data):
    row = {"timestamp": "2025-11-25T16:30:03", "mode": "normal", "runtime_seconds": "61", "posters": 2}
    make_history(data, row, columns=EARLY_HISTORY)
    take("history")
    (run,) = shown(session)
    assert (run["total_images"], run["end_time"], run["log_file"]) == (2, "2025-11-25T16:31:04", "")


def test_a_row_without_any_time_and_one_from_before_a_clean_up_are_left_out_and_counted(session, take, data):
    times = {"start_time": None, "end_time": None, "timestamp": "unknown"}
    make_history(data, make_past_run(**times), make_past_run(mode="old"))
    forget_older_than(session, 30)
    outcome = take("history")
    assert outcome.taken == 0 and dict(outcome.left_out) == {
        "no readable time": 1,
        "older than what was deleted from the history": 1,
    }


def test_more_rows_than_one_statement_holds_are_all_taken_over(session, take, data):
    rows = ({"timestamp": "2025-11-25T16:30:03", "mode": "normal", "posters": i} for i in range(1, 1202))
    make_history(data, *rows, columns=EARLY_HISTORY)
    assert (take("history").taken, take("history").known) == (1201, 1201)
    assert session.scalar(select(func.sum(Run.posters))) == 1201 * 1202 / 2
