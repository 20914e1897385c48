from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core import history
from app.models import Run, Status
from app.models.base import now
from tests.past_runs import BEGAN, make_run

BERLIN = ZoneInfo("Europe/Berlin")


def add(session, *runs):
    session.add_all(runs)
    session.flush()


def page(session, limit=50, offset=0, mode=None):
    rows, total = history.history_page(session, limit, offset, mode, BERLIN)
    return {"history": rows, "count": len(rows), "total": total}


def test_a_run_is_shown_with_every_field_in_local_time(session):
    add(
        session,
        make_run(total_images=5, posters=3, titlecards=2, space_saved="1.20 GB", notification_sent=True),
    )
    shown = page(session)["history"][0]
    assert shown["timestamp"] == shown["start_time"] == "2025-11-25T16:30:03"
    assert shown["end_time"] == "2025-11-25T16:34:17"
    assert (shown["runtime_seconds"], shown["runtime_formatted"]) == (254, "0h 4m 14s")
    assert (shown["mode"], shown["status"], shown["log_file"]) == ("scheduled", "completed", "Scriptlog.log")
    assert (shown["total_images"], shown["posters"], shown["titlecards"]) == (5, 3, 2)
    assert (shown["notification_sent"], shown["uptime_kuma"], shown["space_saved"]) == (
        True,
        False,
        "1.20 GB",
    )
    assert all(
        shown[name] == 0 for name in ("seasons", "errors", "fallbacks", "tba_skipped", "folders_cleared")
    )


def test_the_scripts_own_times_are_preferred(session):
    started = BEGAN + timedelta(seconds=2)
    add(session, make_run(script_started_at=started, script_ended_at=started + timedelta(seconds=60)))
    shown = page(session)["history"][0]
    assert (shown["start_time"], shown["end_time"]) == ("2025-11-25T16:30:05", "2025-11-25T16:31:05")


def test_the_newest_run_comes_first_whatever_order_they_were_recorded_in(session):
    starts = [BEGAN + timedelta(hours=hours) for hours in (2, 5, 1)]
    add(session, *(make_run(started_at=started) for started in starts))
    shown = [run["timestamp"][11:13] for run in page(session)["history"]]
    assert shown == ["21", "18", "17"]


@pytest.mark.parametrize("status", [Status.QUEUED, Status.RUNNING, Status.SKIPPED])
def test_only_runs_that_have_ended_are_history(session, status):
    add(session, make_run(status=status))
    assert page(session)["total"] == 0


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.FAILED, Status.STOPPED, Status.INTERRUPTED])
def test_every_end_is_history_in_its_own_word(session, status):
    add(session, make_run(status=status, reason="why"))
    assert [(run["status"], run["reason"]) for run in page(session)["history"]] == [(status, "why")]


def test_a_run_cancelled_before_it_began_takes_the_place_of_its_end(session):
    add(
        session,
        make_run(started_at=BEGAN),
        make_run(
            started_at=None, queued_at=BEGAN, ended_at=BEGAN + timedelta(hours=1), status=Status.STOPPED
        ),
        make_run(started_at=BEGAN + timedelta(hours=2)),
    )
    shown = page(session)["history"]
    assert [run["start_time"] is None for run in shown] == [False, True, False]
    assert shown[1]["timestamp"] == "2025-11-25T17:30:03"


def test_pages_join_without_a_gap_or_a_double(session):
    add(session, *(make_run(started_at=BEGAN) for _ in range(7)))
    numbers = [run["id"] for offset in (0, 3, 6) for run in page(session, 3, offset)["history"]]
    assert len(set(numbers)) == len(numbers) == 7


def test_the_total_counts_the_rows_without_limit_and_offset(session):
    add(session, *(make_run() for _ in range(5)), make_run(mode="testing"))
    found = page(session, limit=2, offset=1, mode="scheduled")
    assert (found["count"], found["total"]) == (2, 5)


def test_an_offset_past_the_end_is_an_empty_page(session):
    add(session, make_run())
    told = page(session, offset=2**31)
    assert (told["history"], told["count"], told["total"]) == ([], 0, 1)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0h 0m 0s"), (254, "0h 4m 14s"), (3600, "1h 0m 0s"), (90061, "25h 1m 1s")]
)
def test_a_runtime_reads_as_the_script_writes_it(seconds, text):
    assert history.runtime_text(seconds) == text


def test_the_newest_run_is_told_flat(session):
    add(session, make_run(), make_run(started_at=BEGAN + timedelta(days=1), mode="testing", posters=4))
    told = history.latest_numbers(session, BERLIN)
    assert (told["success"], told["mode"], told["posters"], told["runtime"]) == (
        True,
        "testing",
        4,
        "0h 4m 14s",
    )
    assert (told["source"], told["timestamp"]) == ("database", "2025-11-26T16:30:03")


def test_without_a_run_every_number_is_zero(session):
    told = history.latest_numbers(session, BERLIN)
    assert (told["success"], told["runtime"], told["total_images"]) == (False, None, 0)
    assert told["message"]


def test_a_summary_adds_up_the_window(session):
    recent = now() - timedelta(hours=1)
    add(
        session,
        make_run(started_at=recent, total_images=3, errors=1, collections=2, space_saved="1.5 GB"),
        make_run(
            started_at=recent, mode="testing", total_images=4, runtime_seconds=100, space_saved="512 MB"
        ),
        make_run(started_at=recent, mode="testing", runtime_seconds=0, status=Status.FAILED),
        make_run(started_at=recent - timedelta(days=40), total_images=1000),
    )
    told = history.history_summary(session, 30, BERLIN)
    assert (told["total_runs"], told["total_images"], told["total_errors"], told["total_collections"]) == (
        3,
        7,
        1,
        2,
    )
    assert (told["average_runtime_seconds"], told["average_runtime_formatted"]) == (177, "0h 2m 57s")
    assert told["mode_counts"] == {"scheduled": 1, "testing": 2}
    assert (told["total_space_saved"], told["days"]) == ("2.00 GB", 30)
    assert told["latest_run"]["mode"] in ("scheduled", "testing")


def test_a_summary_of_nothing_is_all_zero(session):
    told = history.history_summary(session, 30, BERLIN)
    assert (told["total_runs"], told["total_images"], told["mode_counts"], told["latest_run"]) == (
        0,
        0,
        {},
        None,
    )
    assert told["average_runtime_formatted"] == "0h 0m 0s"


def test_one_day_begins_at_local_midnight(time_machine_at):
    time_machine_at(datetime(2025, 11, 25, 0, 30, tzinfo=BERLIN))
    assert history.start_of_window(1, BERLIN) == datetime(2025, 11, 24, 23, 0, tzinfo=UTC)
    assert history.start_of_window(7, BERLIN) == datetime(2025, 11, 18, 23, 0, tzinfo=UTC)


def test_a_window_over_a_change_of_the_clocks_still_begins_at_midnight(time_machine_at):
    time_machine_at(datetime(2025, 10, 27, 12, 0, tzinfo=BERLIN))
    assert history.start_of_window(3, BERLIN) == datetime(2025, 10, 24, 22, 0, tzinfo=UTC)


@pytest.fixture
def time_machine_at():
    import time_machine

    travels = []

    def travel(moment):
        travels.append(time_machine.travel(moment, tick=False))
        travels[-1].start()

    yield travel
    for each in travels:
        each.stop()


def test_cleaning_up_deletes_old_runs_that_have_ended_and_counts_them(session):
    old, young = now() - timedelta(days=91), now() - timedelta(days=89)
    add(
        session,
        make_run(started_at=old),
        make_run(started_at=young),
        make_run(started_at=old, status=Status.FAILED),
    )
    assert history.forget_older_than(session, 90) == 2
    assert page(session)["total"] == 1


def test_cleaning_up_leaves_what_waits_or_runs_however_old_it_is(session):
    old = now() - timedelta(days=400)
    add(
        session,
        make_run(started_at=None, queued_at=old, ended_at=None, status=Status.QUEUED),
        make_run(started_at=old, ended_at=None, status=Status.RUNNING),
    )
    assert history.forget_older_than(session, 30) == 0
    assert session.query(Run).count() == 2


def test_old_skipped_runs_go_too_without_being_counted(session):
    old = now() - timedelta(days=400)
    add(session, make_run(started_at=None, queued_at=old, ended_at=old, status=Status.SKIPPED))
    assert history.forget_older_than(session, 30) == 0
    assert session.query(Run).count() == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1.5 KB", 1536),
        ("1,5 KB", 1536),
        ("2 MB", 2 * 1024**2),
        ("1.20 GB", 1.2 * 1024**3),
        ("3 TB", 3 * 1024**4),
    ]
    + [("17", 17), ("0", 0), ("512 b", 512)]
    + [(None, 0), ("", 0), ("much", 0), ("1 XB", 0), ("-5 MB", 0), ("1e9 GB", 0)],
)
def test_an_amount_is_read_as_the_script_writes_it(text, count):
    assert history.space_in_bytes(text) == count


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        ([], "0 B"),
        (["100", None], "100 B"),
        (["512 MB", "512 MB"], "1.00 GB"),
        (["900 TB"], "900.00 TB"),
        (["5000 TB"], "5000.00 TB"),
    ],
)
def test_amounts_add_up_in_the_unit_that_fits(texts, total):
    assert history.total_space(texts) == total
