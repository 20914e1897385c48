"""What people see of each schedule: its state, its next time, and what is special then."""

from datetime import UTC, datetime

import pytest

from app.core.schedule.entry_outlook import GAP, TWICE, entry_outlooks
from app.core.schedule.schedules import timetable
from tests.core.schedule.test_schedules import make_values

NOW = datetime(2025, 11, 25, 12, 0, tzinfo=UTC)


def outlooks(*schedules, run_times=(), now=NOW, **overrides):
    values = make_values(*schedules, **overrides)
    return entry_outlooks(values, run_times, timetable(values, run_times, ""), now)


def monthly(day, at="3:00", **fields):
    return {"frequency": "monthly", "day": day, "time": at, **fields}


def weekly(days, at="3:00", **fields):
    return {"frequency": "weekly", "day_of_week": days, "time": at, **fields}


def test_each_schedule_has_its_state_and_only_those_in_force_are_due():
    found = outlooks("19:30", {"time": "19:30"}, {"time": "4:00", "enabled": False}, {"time": "x"})
    assert [each.state for each in found] == ["on", "repeated", "off", "invalid"]
    assert [each.due and f"{each.due:%d %H:%M %Z}" for each in found] == ["25 19:30 CET", None, None, None]
    assert "is not a time of day" in found[3].problem


def test_while_all_are_off_only_the_times_of_the_setting_are_due():
    file, fixed = outlooks("19:30", run_times=("4:44",), enabled=False)
    assert (file.state, file.is_fixed, fixed.state, fixed.is_fixed) == ("suspended", False, "on", True)


@pytest.mark.parametrize(
    ("now", "at", "due", "change"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "2:30", "29 03:00", GAP),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "3:00", "29 03:00", ""),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "2:30", "25 02:30", TWICE),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "3:00", "25 03:00", ""),
        (NOW, "2:30", "26 02:30", ""),
    ],
)
def test_a_next_time_at_which_the_clocks_are_changed_is_marked(now, at, due, change):
    (found,) = outlooks(at, now=now)
    assert (f"{found.due:%d %H:%M}", found.change) == (due, change)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({"time": "3:00"}, weekly("fri", mode="backup"), True),
        (weekly("mon"), weekly("tue,wed"), False),
        (weekly("fri"), monthly(13), True),
        (monthly(1), monthly(2), False),
        (monthly(31), monthly(30), True),
        (monthly(1, month="1"), monthly(1, month="2"), False),
        ({"time": "3:00"}, {"time": "3:01"}, False),
        ({"time": "3:00"}, {"frequency": "interval", "interval_value": 7, "time": "3:00"}, False),
    ],
)
def test_schedules_that_are_due_at_the_same_time_some_day_meet(one, other, meet):
    first, second = outlooks(one, other)
    assert (first.meets, second.meets) == (((1,), (0,)) if meet else ((), ()))


def test_what_is_off_meets_nothing():
    assert not any(each.meets for each in outlooks("3:00", weekly("mon", enabled=False)))


@pytest.mark.parametrize(
    ("entry", "has"), [(monthly(29), True), (monthly("last"), True), (monthly(28), False)]
)
def test_a_day_that_some_months_lack_is_marked(entry, has):
    assert outlooks(entry)[0].has_short_months is has
