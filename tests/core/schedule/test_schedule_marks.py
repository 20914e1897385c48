"""What the scheduler remembers of an entry over a restart."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.schedule.schedule_entry import read_schedule_entry
from app.core.schedule.schedule_marks import MARKS, EntryMark, kept_mark, mark_from, mark_name

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make_mark(**overrides):
    return EntryMark(**{"since": NOW - HOUR, "handled": None} | overrides)


@pytest.mark.parametrize("mark", [make_mark(), make_mark(handled=NOW)])
def test_a_mark_is_read_as_it_was_written(mark):
    assert mark_from(mark.serialised()) == mark


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "x",
        [],
        {},
        {"since": None, "handled": None},
        {"since": "2025-11-25T12:00:00", "handled": None},
        {"since": "2025-11-25T12:00:00+00:00", "handled": "yesterday"},
        {"since": "2025-11-25T12:00:00+00:00", "handled": 5},
        {"since": "2025-11-25T12:00:00+00:00", "handled": "2025-11-25T12:00:00"},
        {"since": "0001-01-01T00:00:00+00:00", "handled": None},
        {"since": "2025-11-25T12:00:00+00:00", "handled": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_a_mark_that_was_spoiled_counts_as_none(stored):
    assert mark_from(stored) is None


def test_a_mark_belongs_to_an_entry_in_a_zone():
    entry = read_schedule_entry({"time": "19:30"}, {})
    values = {MARKS: {mark_name(entry, BERLIN): make_mark().serialised()}}
    assert kept_mark(values, entry, BERLIN) == make_mark()
    assert kept_mark(values, entry, ZoneInfo("UTC")) is None
    assert kept_mark({MARKS: "spoiled"}, entry, BERLIN) is None


def test_the_next_moment_is_looked_for_after_the_last_one_that_was_handled():
    assert make_mark().floor == NOW - HOUR
    assert make_mark(handled=NOW).floor == NOW


def test_a_clock_that_went_back_an_hour_does_not_undo_what_was_handled():
    assert make_mark(handled=NOW + HOUR).bounded(NOW).handled == NOW + HOUR


def test_a_mark_from_a_far_future_was_made_by_a_wrong_clock():
    mark = make_mark(since=NOW + 1000 * HOUR, handled=NOW + 1001 * HOUR)
    assert mark.bounded(NOW) == EntryMark(NOW, None)
