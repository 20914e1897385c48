"""When something is due next in a time zone, right over both daylight-saving changes.

A local time that does not exist is due at the next minute that does; one that exists twice is due the
first time only. A month that lacks the wanted day uses its last day, so that no month goes without.
Intervals are elapsed time, whatever the clocks on the wall do.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
EVERY_WEEKDAY = frozenset(range(7))
EVERY_DAY = frozenset(range(1, 32))
EVERY_MONTH = frozenset(range(1, 13))
LAST_DAY = 31

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)

CLOCK_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
FIELD_PART = re.compile(r"(?:(\*)|([a-z]+|[0-9]{1,2})(?:-([a-z]+|[0-9]{1,2}))?)(?:/([1-9][0-9]?))?")


def clock_time(text: str) -> time:
    """Read "4:44" or "04:44"; anything else is a ValueError."""
    found = CLOCK_TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    return time(int(found[1]), int(found[2]))


def weekdays(text: str) -> frozenset[int]:
    """Read "mon", "mon,thu", "fri-mon", "0-4" (Monday is 0) or "*"."""
    return chosen(text, 0, 6, WEEKDAYS)


def months(text: str) -> frozenset[int]:
    """Read "*", "1,7", "*/3", "jun-aug" or "12"."""
    return chosen(text, 1, 12, MONTHS)


def month_days(text: str) -> frozenset[int]:
    """Read "15", "1,15", "10-12", "last" or "*"."""
    return chosen(text.strip().lower().replace("last", str(LAST_DAY)), 1, LAST_DAY)


def chosen(text: str, low: int, high: int, names: Sequence[str] = ()) -> frozenset[int]:
    """The numbers that a cron-like field names; a ValueError where it cannot be read."""
    parts = text.strip().lower().split(",")
    return frozenset().union(*(span(part.strip(), low, high, names) for part in parts))


def span(part: str, low: int, high: int, names: Sequence[str]) -> Sequence[int]:
    found = FIELD_PART.fullmatch(part)
    if not found:
        raise ValueError(part)
    star, first, last, step = found.groups()
    start = low if star else field_number(first, low, high, names)
    end = high if star else field_number(last or first, low, high, names)
    # "fri-mon" and "nov-feb" go round the end of the week or the year.
    numbers = range(start, end + 1) if start <= end else (*range(start, high + 1), *range(low, end + 1))
    return numbers[:: int(step or 1)]


def field_number(text: str, low: int, high: int, names: Sequence[str]) -> int:
    if text.isdigit():
        value = int(text)
    else:
        value = low + next((at for at, name in enumerate(names) if abbreviates(text, name)), high + 1)
    if not low <= value <= high:
        raise ValueError(text)
    return value


def abbreviates(text: str, name: str) -> bool:
    return len(text) >= 3 and name.startswith(text)


@lru_cache(maxsize=16)
def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name, or a ValueError."""
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError) as error:  # a folder such as "Europe" is an OSError
        raise ValueError(name) from error


@dataclass(frozen=True)
class Calendar:
    """Certain days of the calendar, at one time of day in one zone."""

    at: time
    zone: ZoneInfo
    weekdays: frozenset[int] = EVERY_WEEKDAY
    days: frozenset[int] = EVERY_DAY
    months: frozenset[int] = EVERY_MONTH

    def after(self, moment: datetime) -> datetime:
        """The first moment that is due strictly after an aware moment, in UTC."""
        moment = moment.astimezone(UTC)
        # A time that falls into a gap before midnight is due on the next day: look from the day before.
        days = days_from(moment.astimezone(self.zone).date() - ONE_DAY)
        moments = (instant(day, self.at, self.zone) for day in days if self.includes(day))
        return next(found for found in moments if found > moment)

    def includes(self, day: date) -> bool:
        if day.month not in self.months or day.weekday() not in self.weekdays:
            return False
        last = monthrange(day.year, day.month)[1]
        return day.day in self.days or (day.day == last and max(self.days) > last)


@dataclass(frozen=True)
class Interval:
    """Every so much elapsed time, counted from an aware anchor that is itself due."""

    every: timedelta
    anchor: datetime

    def after(self, moment: datetime) -> datetime:
        """The first moment that is due strictly after an aware moment, in UTC."""
        anchor, moment = self.anchor.astimezone(UTC), moment.astimezone(UTC)
        if anchor > moment:
            return anchor
        return anchor + ((moment - anchor) // self.every + 1) * self.every


Recurrence = Calendar | Interval


def latest_within(recurrence: Recurrence, start: datetime, end: datetime) -> datetime | None:
    """The last moment that is due after the start and not after the end, if there is one."""
    latest, following = None, recurrence.after(start)
    while following <= end:
        latest, following = following, recurrence.after(following)
    return latest


def days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which a local clock first shows this time or, in a gap, the next minute."""
    local = datetime.combine(day, at)
    while not exists(local, zone):
        local += ONE_MINUTE
    return local.replace(tzinfo=zone).astimezone(UTC)


def exists(local: datetime, zone: ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone).astimezone(UTC)
    return there.astimezone(zone).replace(tzinfo=None) == local
