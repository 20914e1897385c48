"""Entries of scheduler.json: what is understood, what is refused and how a client sees it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.schedule.schedule_clock import EVERY_DAY, EVERY_MONTH, Calendar, Interval
from app.core.schedule.schedule_entry import RUN_TIME, checked, entry_at, read_schedule_entry

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2025, 11, 25, 12, tzinfo=UTC)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = [
    "time",
    "frequency",
    "mode",
    "day_of_week",
    "day",
    "month",
    "interval_value",
    "interval_unit",
    "enabled",
    "missed",
    "grace_minutes",
    "library",
    "force_replace",
    "revert",
    "description",
]


def make_raw(**overrides):
    return {"time": "19:30", **overrides}


def make_entry(policy=None, **overrides):
    return read_schedule_entry(make_raw(**overrides), policy or {})


def test_an_entry_of_the_older_format_is_daily_and_normal():
    entry = make_entry(description="30min before Kometa")
    assert (entry.frequency, entry.mode, entry.at, entry.enabled) == ("daily", "normal", time(19, 30), True)
    assert entry.recurrence(BERLIN, NOON) == Calendar(time(19, 30), BERLIN)


def test_a_weekly_entry_knows_its_days():
    assert make_entry(frequency="weekly", day_of_week="mon,thu").weekdays == {0, 3}
    assert make_entry(frequency="weekly", day_of_week=6).weekdays == {6}
    assert make_entry(frequency="weekly").weekdays == {0}


def test_a_monthly_entry_knows_its_day_and_months():
    entry = make_entry(frequency="monthly", day=15, month="1,7")
    assert (entry.days, entry.months) == ({15}, {1, 7})
    assert make_entry(frequency="monthly").days == {1}
    assert make_entry(frequency="monthly", month=None).months == EVERY_MONTH


def test_days_that_the_frequency_does_not_use_are_not_looked_at():
    assert make_entry(day="never", day_of_week="never").days == EVERY_DAY


def test_an_interval_with_a_time_counts_from_that_time_today():
    entry = make_entry(frequency="interval", interval_value=2, interval_unit="hours")
    anchor = datetime(2025, 11, 25, 19, 30, tzinfo=BERLIN)
    assert entry.recurrence(BERLIN, NOON) == Interval(timedelta(hours=2), anchor)


def test_an_interval_without_a_time_counts_from_when_it_was_first_seen():
    entry = read_schedule_entry(
        {"frequency": "interval", "interval_value": "90", "interval_unit": "minutes"}, {}
    )
    assert entry.recurrence(BERLIN, NOON).after(NOON) == NOON + timedelta(minutes=90)


@pytest.mark.parametrize(
    ("overrides", "name"),
    [
        ({}, "Posterizarr Normal Mode @ 19:30"),
        ({"mode": "backup"}, "Posterizarr Backup Mode @ 19:30"),
        ({"frequency": "weekly"}, "Posterizarr Normal Mode (Weekly) @ 19:30"),
        ({"frequency": "monthly"}, "Posterizarr Normal Mode (Monthly) @ 19:30"),
        (
            {"frequency": "interval", "interval_value": 2},
            "Posterizarr Normal Mode (Every 2 hours starting @ 19:30)",
        ),
        (
            {"frequency": "interval", "interval_value": 3, "interval_unit": "days", "time": None},
            "Posterizarr Normal Mode (Every 3 days)",
        ),
    ],
)
def test_a_job_is_named_as_clients_know_it(overrides, name):
    assert make_entry(**overrides).job_name == name


def test_a_job_is_numbered_by_its_mode_and_place():
    assert make_entry(mode="syncjelly").job_id == "posterizarr_syncjelly_0"


def test_the_run_of_a_normal_entry_is_a_scheduled_one():
    assert make_entry().run_mode == "scheduled"
    assert make_entry(mode="testing").run_mode == "testing"


@pytest.mark.parametrize(
    "other",
    [
        {"time": "19:31"},
        {"mode": "backup"},
        {"frequency": "weekly"},
        {"frequency": "monthly"},
        {"frequency": "interval", "interval_value": 1, "interval_unit": "days"},
    ],
)
def test_entries_that_differ_in_what_they_do_have_different_keys(other):
    assert make_entry(**other).key != make_entry().key


def test_entries_that_do_the_same_have_the_same_key():
    assert make_entry(time="4:44").key == make_entry(time="04:44", description="x", missed="skip").key
    weekly = {"frequency": "weekly"}
    assert make_entry(**weekly, day_of_week="thu,mon").key == make_entry(**weekly, day_of_week="0,3").key


def test_the_logo_updater_is_told_its_library():
    entry = make_entry(mode="logoupdater", library="Movies", force_replace=True)
    assert entry.arguments == ("-LibraryName", "Movies", "-ForceReplace")
    assert make_entry(mode="logoupdater").arguments == ("-LibraryName", "all")
    assert make_entry(library="Movies").arguments == ()


def test_what_an_entry_leaves_open_the_file_decides():
    policy = {"missed": "skip", "grace_minutes": 90}
    entry = make_entry(policy)
    assert (entry.missed, entry.grace) == ("skip", timedelta(minutes=90))
    own = make_entry(policy, missed="once", grace_minutes=0)
    assert (own.missed, own.grace) == ("once", timedelta(0))


def test_a_missed_time_is_made_up_for_within_five_minutes_unless_somebody_says_otherwise():
    assert (make_entry().missed, make_entry().grace) == ("once", timedelta(minutes=5))


@pytest.mark.parametrize(
    ("overrides", "field"),
    [
        ({"time": "25:00"}, "time"),
        ({"time": None}, "time"),
        ({"time": 1930}, "time"),
        ({"frequency": "hourly"}, "frequency"),
        ({"mode": "manual"}, "mode"),
        ({"mode": ["normal"]}, "mode"),
        ({"frequency": "weekly", "day_of_week": "someday"}, "day_of_week"),
        ({"frequency": "monthly", "day": 32}, "day"),
        ({"frequency": "monthly", "month": "13"}, "month"),
        ({"frequency": "interval"}, "interval_value"),
        ({"frequency": "interval", "interval_value": 0}, "interval_value"),
        ({"frequency": "interval", "interval_value": 1.5}, "interval_value"),
        ({"frequency": "interval", "interval_value": 10081}, "interval_value"),
        ({"frequency": "interval", "interval_value": 1, "interval_unit": "years"}, "interval_unit"),
        ({"missed": "always"}, "missed"),
        ({"grace_minutes": -1}, "grace_minutes"),
        ({"mode": "logoupdater", "library": "x" * 501}, "library"),
        ({"mode": "logoupdater", "revert": True}, "revert"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(overrides, field):
    with pytest.raises(Invalid, match=f"^{field}: "):
        make_entry(**overrides)


@pytest.mark.parametrize("raw", [None, "19:30", ["19:30"], 5])
def test_an_entry_that_is_no_object_is_refused(raw):
    with pytest.raises(Invalid, match="object"):
        read_schedule_entry(raw, {})


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), json_values) | json_values)
def test_whatever_stands_in_the_file_is_an_entry_or_a_refusal(raw):
    try:
        entry = read_schedule_entry(raw, {})
    except Invalid as error:
        assert len(str(error)) < 200
        return
    assert entry.recurrence(BERLIN, NOON).after(NOON) > NOON
    assert entry.job_name and entry.key


def test_a_checked_entry_keeps_what_nobody_knows_and_straightens_its_time():
    raw = make_raw(time="4:44", exif_check=True, asset_types=["logo"])
    assert checked(raw, {}) == {"time": "04:44", "exif_check": True, "asset_types": ["logo"]}


def test_a_description_that_is_no_text_is_refused():
    with pytest.raises(Invalid, match="^description: "):
        checked(make_raw(description=["x"]), {})


def test_a_time_of_the_setting_is_a_daily_entry_of_its_own_kind():
    entry = entry_at("03:00", 4, {})
    assert (entry.source, entry.frequency, entry.job_id) == (RUN_TIME, "daily", "posterizarr_normal_4")
