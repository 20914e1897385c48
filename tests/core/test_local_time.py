from datetime import UTC, datetime

from app.core.local_time import naive_local, zone_or_none

NOON = datetime(2025, 7, 1, 12, 0, 5, 999_999, tzinfo=UTC)


def test_a_moment_is_shown_as_the_clock_on_the_wall_says_without_a_zone():
    assert naive_local(NOON, zone_or_none("Europe/Berlin")) == "2025-07-01T14:00:05"


def test_summer_and_winter_differ():
    winter = NOON.replace(month=1)
    assert naive_local(winter, zone_or_none("Europe/Berlin")) == "2025-01-01T13:00:05"


def test_no_moment_shows_as_nothing():
    assert naive_local(None, None) is None


def test_without_a_name_the_zone_is_the_machines_own():
    assert naive_local(NOON, zone_or_none("")) == NOON.astimezone().strftime("%Y-%m-%dT%H:%M:%S")
