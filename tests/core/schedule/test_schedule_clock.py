"""Due moments over zones, daylight-saving changes and calendars."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.schedule.schedule_clock import (
    Calendar,
    Interval,
    clock_time,
    instant,
    latest_within,
    month_days,
    months,
    weekdays,
    zone_named,
)

ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Antarctica/Troll",
)
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
YEARS = (1995, 2011, 2018, 2024, 2026)
TIMES = (time(0, 0), time(0, 30), time(2, 15), time(2, 30), time(23, 59))
MINUTE = timedelta(minutes=1)

# A busy machine is no reason to fail.
unhurried = settings(deadline=None)

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(1980, 1, 1), date(2037, 12, 31))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.datetimes(datetime(1980, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))
subsets = st.tuples(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(st.integers(1, 12), min_size=1),
)
weekly = st.builds(lambda at, zone, both: Calendar(at, zone, both[0], months=both[1]), clocks, zones, subsets)
monthly = st.builds(
    lambda at, zone, day, both: Calendar(at, zone, days=frozenset({day}), months=both[1]),
    clocks,
    zones,
    st.integers(1, 31),
    subsets,
)
intervals = st.builds(Interval, st.timedeltas(timedelta(minutes=1), timedelta(days=30)), moments)
recurrences = st.one_of(st.builds(Calendar, clocks, zones), weekly, monthly, intervals)


def local(text, zone=BERLIN, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def firings(recurrence, start, end):
    found = []
    while (start := recurrence.after(start)) < end:
        found.append(start)
    return found


@unhurried
@given(recurrences, moments)
def test_the_next_moment_lies_strictly_after_now(recurrence, moment):
    assert recurrence.after(moment) > moment


@unhurried
@given(recurrences, moments, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_a_later_now_never_has_an_earlier_next_moment(recurrence, moment, wait):
    assert recurrence.after(moment + wait) >= recurrence.after(moment)


@unhurried
@given(recurrences, moments)
def test_nothing_lies_between_now_and_the_next_moment(recurrence, moment):
    following = recurrence.after(moment)
    assert recurrence.after(following - timedelta.resolution) == following


@unhurried
@given(st.builds(Calendar, clocks, zones), moments)
def test_the_zone_in_which_now_is_told_changes_nothing(recurrence, moment):
    told_elsewhere = moment.astimezone(ZoneInfo("Australia/Lord_Howe"))
    assert recurrence.after(told_elsewhere) == recurrence.after(moment)


@unhurried
@given(days, clocks, zones)
def test_a_local_time_is_due_when_a_clock_on_the_wall_first_reaches_it(day, at, zone):
    wanted = datetime.combine(day, at)
    looked = wanted.replace(tzinfo=UTC) - timedelta(hours=16)
    while looked.astimezone(zone).replace(tzinfo=None) < wanted:
        looked += MINUTE
    assert instant(day, at, zone) == looked


@pytest.mark.parametrize("name", ZONES)
def test_a_daily_entry_is_due_exactly_once_on_each_day_of_a_year(name):
    zone = ZoneInfo(name)
    for year, at in product(YEARS, TIMES):
        start, end = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
        found = firings(Calendar(at, zone), start - timedelta.resolution, end.astimezone(UTC))
        dates = [moment.astimezone(zone).date() for moment in found]
        assert dates == [date(year, 1, 1) + timedelta(days=count) for count in range(len(dates))], (year, at)
        assert dates[-1] == date(year, 12, 31), (year, at)


@unhurried
@given(st.builds(Calendar, clocks, zones, st.frozensets(st.integers(0, 6), min_size=1)), moments)
def test_a_weekly_entry_is_due_on_its_weekdays_only(recurrence, moment):
    found = recurrence.after(moment).astimezone(recurrence.zone)
    assert found.weekday() in recurrence.weekdays
    assert found - moment.astimezone(recurrence.zone) <= timedelta(days=8)


@unhurried
@given(st.integers(1, 31), zones, st.integers(1980, 2037))
def test_a_monthly_entry_is_due_once_in_each_month(day, zone, year):
    recurrence = Calendar(time(12), zone, days=frozenset({day}))
    start, end = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    found = firings(recurrence, start.astimezone(UTC), end.astimezone(UTC))
    assert [moment.astimezone(zone).month for moment in found] == list(range(1, 13))


@unhurried
@given(intervals, moments)
def test_intervals_keep_their_distance_in_elapsed_time(interval, moment):
    first = interval.after(moment)
    assert interval.after(first) - first == interval.every
    assert first == interval.anchor or (first - interval.anchor) % interval.every == timedelta(0)


def test_a_time_that_the_spring_change_leaves_out_is_due_at_the_next_minute_that_exists():
    recurrence = Calendar(time(2, 30), BERLIN)
    before = local("2025-03-29T12:00")
    assert recurrence.after(before) == local("2025-03-30T03:00")
    assert recurrence.after(local("2025-03-30T03:00")) == local("2025-03-31T02:30")


def test_a_time_that_the_autumn_change_repeats_is_due_the_first_time_only():
    recurrence = Calendar(time(2, 30), BERLIN)
    first = recurrence.after(local("2025-10-25T12:00"))
    assert (
        first
        == local("2025-10-26T02:30", fold=0).astimezone(UTC)
        == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    )
    assert recurrence.after(first) == local("2025-10-27T02:30")


def test_a_change_by_half_an_hour_is_a_change_too():
    lord_howe = ZoneInfo("Australia/Lord_Howe")
    recurrence = Calendar(time(2, 15), lord_howe)
    assert recurrence.after(local("2025-10-04T12:00", lord_howe)) == local("2025-10-05T02:30", lord_howe)


def test_a_gap_at_midnight_belongs_to_the_day_that_begins_with_it():
    sao_paulo = ZoneInfo("America/Sao_Paulo")
    recurrence = Calendar(time(0, 0), sao_paulo)
    assert recurrence.after(local("2018-11-03T12:00", sao_paulo)) == local("2018-11-04T01:00", sao_paulo)
    assert recurrence.after(local("2018-11-04T01:00", sao_paulo)) == local("2018-11-05T00:00", sao_paulo)


def test_a_day_that_a_zone_left_out_is_made_up_for_when_the_next_begins():
    apia = ZoneInfo("Pacific/Apia")
    recurrence = Calendar(time(10, 0), apia)
    assert recurrence.after(local("2011-12-29T11:00", apia)) == local("2011-12-31T00:00", apia)
    assert recurrence.after(local("2011-12-31T00:00", apia)) == local("2011-12-31T10:00", apia)


def test_an_interval_of_a_day_keeps_24_hours_where_the_clock_shifts():
    interval = Interval(timedelta(days=1), local("2025-03-29T19:30"))
    assert interval.after(local("2025-03-29T19:30")) == local("2025-03-30T20:30")


def test_an_interval_waits_for_an_anchor_that_lies_ahead():
    anchor = local("2025-06-01T19:30")
    assert Interval(timedelta(hours=2), anchor).after(local("2025-06-01T08:00")) == anchor


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        ("31", 2, date(2025, 2, 28)),
        ("29", 2, date(2025, 2, 28)),
        ("last", 4, date(2025, 4, 30)),
        ("15", 3, date(2025, 3, 15)),
    ],
)
def test_a_month_that_lacks_the_day_uses_its_last(day, month, expected):
    recurrence = Calendar(time(12), BERLIN, days=month_days(day), months=frozenset({month}))
    assert recurrence.after(local("2025-01-01T00:00")).astimezone(BERLIN).date() == expected


def test_a_leap_year_has_its_own_last_day():
    recurrence = Calendar(time(12), BERLIN, days=month_days("last"), months=months("feb"))
    assert recurrence.after(local("2028-01-01T00:00")) == local("2028-02-29T12:00")


def test_two_days_that_a_short_month_lacks_are_one():
    recurrence = Calendar(time(12), BERLIN, days=month_days("30,31"), months=months("apr"))
    found = firings(recurrence, local("2025-04-01T00:00"), local("2025-05-01T00:00").astimezone(UTC))
    assert found == [local("2025-04-30T12:00")]


def test_the_latest_moment_in_a_stretch_of_time_is_found():
    recurrence = Calendar(time(12), BERLIN)
    start, end = local("2025-06-01T12:00"), local("2025-06-04T12:00")
    assert latest_within(recurrence, start, end) == end
    assert latest_within(recurrence, start, local("2025-06-02T11:59")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon", {0}),
        ("sun", {6}),
        ("Monday, thu", {0, 3}),
        ("fri-mon", {4, 5, 6, 0}),
        ("0-4", {0, 1, 2, 3, 4}),
        ("6", {6}),
        ("*", set(range(7))),
        ("*/2", {0, 2, 4, 6}),
    ],
)
def test_weekdays_are_read_by_name_number_list_and_range(text, expected):
    assert weekdays(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*", set(range(1, 13))),
        ("nov-feb", {11, 12, 1, 2}),
        ("*/3", {1, 4, 7, 10}),
        ("december", {12}),
        ("1,7", {1, 7}),
    ],
)
def test_months_are_read_by_name_number_list_and_range(text, expected):
    assert months(text) == expected


def test_days_of_the_month_are_read_by_number_list_and_word():
    assert month_days("1,15") == {1, 15}
    assert month_days("10-12") == {10, 11, 12}
    assert month_days(" LAST ") == {31}


@pytest.mark.parametrize(
    "text", ["", "mo", "7", "mon,,tue", "mon-", "x", "1.5", "-1", "*/0", "²", "True", "[]"]
)
def test_what_is_no_weekday_is_refused(text):
    with pytest.raises(ValueError):
        weekdays(text)


@pytest.mark.parametrize("text", ["0", "32", "1-32", "first", "lastlast"])
def test_what_is_no_day_of_the_month_is_refused(text):
    with pytest.raises(ValueError):
        month_days(text)


@unhurried
@given(st.text(max_size=12))
def test_any_text_is_a_set_of_weekdays_or_a_value_error(text):
    try:
        found = weekdays(text)
    except ValueError:
        return
    assert found and found <= set(range(7))


def test_a_time_of_day_may_lack_its_first_nought():
    assert clock_time("4:44") == clock_time(" 04:44 ") == time(4, 44)


@pytest.mark.parametrize("text", ["24:00", "12:60", "1:5", "12", "12:00:00", "", "-1:00", "１２:00", "a:bc"])
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(ValueError):
        clock_time(text)


@pytest.mark.parametrize(
    "name", ["", "Europe", "Mars/Base", "../etc/passwd", "/etc/passwd", "a\0b", "ü" * 300]
)
def test_what_is_no_zone_is_a_value_error(name):
    with pytest.raises(ValueError):
        zone_named(name)


def test_a_zone_is_found_by_its_name():
    assert zone_named("America/New_York") == NEW_YORK
