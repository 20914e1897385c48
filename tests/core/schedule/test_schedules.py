"""Which entries are in force, and how the whole is shown."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.schedule.schedule_marks import MARKS
from app.core.schedule.schedules import (
    MOST_ENTRIES,
    last_run_text,
    shown_config,
    shown_jobs,
    shown_schedules,
    timetable,
    zone_in_force,
)
from app.core.statement import public_part

BERLIN = ZoneInfo("Europe/Berlin")


def make_values(*times, **overrides):
    schedules = [{"time": clock} if isinstance(clock, str) else clock for clock in times]
    values = {"enabled": True, "schedules": schedules, "timezone": "Europe/Berlin", "skip_if_running": True}
    return values | {"last_run": None, "next_run": None} | overrides


def names(table):
    return [f"{entry.index} {entry.clock} {entry.source}" for entry in table.entries]


def test_entries_are_in_force_in_the_order_of_the_file():
    table = timetable(make_values("19:30", "04:44"), (), "")
    assert names(table) == ["0 19:30 file", "1 04:44 file"]
    assert (table.problems, table.skip_if_running) == ((), True)


def test_nothing_is_in_force_while_the_scheduler_is_disabled():
    assert timetable(make_values("19:30", enabled=False), (), "").entries == ()


def test_an_entry_that_is_off_is_not_in_force():
    assert names(timetable(make_values({"time": "19:30", "enabled": False}, "20:00"), (), "")) == [
        "1 20:00 file"
    ]


def test_times_of_the_setting_are_in_force_although_the_scheduler_is_disabled():
    table = timetable(make_values("19:30", enabled=False), ("03:00", "15:00"), "")
    assert names(table) == ["1 03:00 RUN_TIME", "2 15:00 RUN_TIME"]


def test_a_time_that_both_the_file_and_the_setting_name_is_due_once():
    assert names(timetable(make_values("03:00"), ("03:00",), "")) == ["0 03:00 file"]
    assert names(timetable(make_values("03:00", enabled=False), ("03:00",), "")) == ["1 03:00 RUN_TIME"]


def test_a_bad_entry_is_left_out_and_told_of_by_its_place():
    table = timetable(make_values("19:30", "25:00", 5, "20:00"), (), "")
    assert names(table) == ["0 19:30 file", "3 20:00 file"]
    assert [public_part(text) for text in table.problems] == [
        "The entry schedules[1] is not in force.",
        "The entry schedules[2] is not in force.",
    ]


def test_an_entry_that_stands_there_twice_is_due_once_and_told_of():
    table = timetable(make_values("4:44", "04:44"), (), "")
    assert names(table) == ["0 04:44 file"]
    assert table.problems == ("The entry schedules[1] is the same as schedules[0].",)


def test_more_entries_than_are_used_are_told_of():
    many = [f"{n // 60:02}:{n % 60:02}" for n in range(MOST_ENTRIES + 1)]
    table = timetable(make_values(*many), (), "")
    assert len(table.entries) == MOST_ENTRIES
    assert "201" in table.problems[0]


def test_a_switch_that_was_written_as_text_is_understood():
    assert timetable(make_values("19:30", enabled="false"), (), "").entries == ()
    assert timetable(make_values(skip_if_running="false"), (), "").skip_if_running is False


def test_the_setting_wins_over_the_zone_of_the_file():
    assert zone_in_force(make_values(), "Asia/Kathmandu") == (ZoneInfo("Asia/Kathmandu"), [])
    assert zone_in_force(make_values(timezone="America/New_York"), "")[0].key == "America/New_York"


@pytest.mark.parametrize("name", ["Mars/Base", None, 5, ["Europe/Berlin"]])
def test_a_zone_that_does_not_exist_is_told_of(name):
    zone, problems = zone_in_force(make_values(timezone=name), "")
    assert zone == BERLIN and public_part(problems[0]).endswith("so Europe/Berlin is used.")


def test_clients_see_the_times_of_the_setting_after_those_of_the_file():
    shown = shown_schedules(make_values("19:30"), ("03:00",))
    assert [(entry["time"], entry.get("source")) for entry in shown] == [
        ("19:30", None),
        ("03:00", "RUN_TIME"),
    ]
    assert all(isinstance(entry.get("description", ""), str) for entry in shown)


def test_clients_see_the_file_without_the_marks_of_the_scheduler():
    values = make_values("19:30", **{MARKS: {"x": {}}, "x_own": 1})
    shown = shown_config(values, (), "Asia/Kathmandu")
    assert MARKS not in shown and shown["x_own"] == 1
    assert shown["timezone"] == "Asia/Kathmandu"
    assert values["timezone"] == "Europe/Berlin"


def test_jobs_are_shown_in_the_order_in_which_they_are_due():
    entries = timetable(make_values("19:30", "04:44"), (), "").entries
    due = [datetime(2025, 11, 25, 18, 30, tzinfo=UTC), datetime(2025, 11, 25, 3, 44, tzinfo=UTC)]
    assert shown_jobs(zip(entries, due, strict=True), BERLIN) == [
        {
            "id": "posterizarr_normal_1",
            "name": "Posterizarr Normal Mode @ 04:44",
            "next_run": "2025-11-25T04:44:00+01:00",
        },
        {
            "id": "posterizarr_normal_0",
            "name": "Posterizarr Normal Mode @ 19:30",
            "next_run": "2025-11-25T19:30:00+01:00",
        },
    ]


def test_the_last_run_is_told_in_local_time_to_the_microsecond():
    moment = datetime(2025, 11, 25, 15, 30, 0, 2702, tzinfo=UTC)
    assert last_run_text(moment, BERLIN) == "2025-11-25T16:30:00.002702"
    assert last_run_text(moment.replace(microsecond=0), BERLIN) == "2025-11-25T16:30:00.000000"
