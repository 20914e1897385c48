"""One entry of scheduler.json: read, checked field by field, and named as clients name its job."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.config_file import truthy
from app.core.errors import Invalid
from app.core.schedule.schedule_clock import (
    EVERY_DAY,
    EVERY_MONTH,
    EVERY_WEEKDAY,
    Calendar,
    Interval,
    Recurrence,
    clock_time,
    instant,
    month_days,
    months,
    weekdays,
)

FILE = "file"
RUN_TIME = "RUN_TIME"
# Modes that need nothing but their name, and the logo updater, whose library an entry names.
MODE_TITLES = {
    "normal": "Normal",
    "testing": "Testing",
    "backup": "Backup",
    "restore": "Restore",
    "syncjelly": "SyncJelly",
    "syncemby": "SyncEmby",
    "logoupdater": "LogoUpdater",
}
FREQUENCIES = ("daily", "weekly", "monthly", "interval")
UNITS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
}
MISSED = ("skip", "once")
MOST_INTERVALS = 10_080
MOST_GRACE_MINUTES = 10_080
LONGEST_TEXT = 500
SHOWN = 60

Fields = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A checked entry; its index is its place in the list that clients see."""

    mode: str
    frequency: str
    at: time | None
    interval: tuple[int, str]
    weekdays: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    arguments: tuple[str, ...]
    enabled: bool
    missed: str
    grace: timedelta
    source: str = FILE
    index: int = 0

    def recurrence(self, zone: ZoneInfo, since: datetime) -> Recurrence:
        """When it is due; an interval counts from its time on the day of `since`, or from `since` itself."""
        if self.frequency != "interval":
            return Calendar(self.at or time(), zone, self.weekdays, self.days, self.months)
        if self.at is None:
            return Interval(self.every, since.replace(microsecond=0) + self.every)
        return Interval(self.every, instant(since.astimezone(zone).date(), self.at, zone))

    @property
    def every(self) -> timedelta:
        return self.interval[0] * UNITS[self.interval[1]]

    @property
    def clock(self) -> str:
        return f"{self.at:%H:%M}" if self.at else ""

    @property
    def key(self) -> str:
        """The identity of an entry: when it is due, and what it starts."""
        return " ".join(filter(None, (self.mode, self.frequency, *self.when(), *self.arguments)))

    def when(self) -> list[str]:
        """The words of the key that belong to its frequency."""
        words = {
            "daily": [],
            "weekly": [numbers(self.weekdays)],
            "monthly": [numbers(self.days), "of", numbers(self.months)],
            "interval": [str(self.interval[0]), self.interval[1]],
        }
        return [*words[self.frequency], self.clock]

    @property
    def job_id(self) -> str:
        return f"posterizarr_{self.mode}_{self.index}"

    @property
    def job_name(self) -> str:
        title = f"Posterizarr {MODE_TITLES[self.mode]} Mode"
        if self.frequency == "interval":
            start = f" starting @ {self.clock}" if self.at else ""
            return f"{title} (Every {self.interval[0]} {self.interval[1]}{start})"
        rhythm = "" if self.frequency == "daily" else f" ({self.frequency.capitalize()})"
        return f"{title}{rhythm} @ {self.clock}"

    @property
    def run_mode(self) -> str:
        """The mode of the run: a normal one that a schedule starts is called scheduled."""
        return "scheduled" if self.mode == "normal" else self.mode


def numbers(chosen: frozenset[int]) -> str:
    return ",".join(str(item) for item in sorted(chosen))


def entry_at(clock: str, index: int, policy: Fields) -> Entry:
    """The daily entry that a time of the setting RUN_TIME stands for."""
    return replace(read_schedule_entry({"time": clock}, policy), source=RUN_TIME, index=index)


def read_schedule_entry(raw: Any, policy: Fields) -> Entry:
    """Check one entry; `Invalid` names the field. The policy is the file, for what an entry leaves open."""
    if not isinstance(raw, dict):
        raise Invalid('An entry must be an object such as {"time": "19:30"}.')
    frequency = read_choice(raw, "frequency", FREQUENCIES, "daily")
    mode = read_choice(raw, "mode", tuple(MODE_TITLES), "normal")
    return Entry(
        mode=mode,
        frequency=frequency,
        at=time_of_day(raw, needed=frequency != "interval"),
        interval=interval(raw) if frequency == "interval" else (1, "days"),
        arguments=arguments(raw) if mode == "logoupdater" else (),
        enabled=truthy(raw.get("enabled", True)),
        **calendar_days(raw, frequency),
        **missed_policy(raw, policy),
    )


def checked(raw: Fields, policy: Fields) -> Fields:
    """The entry as it is kept in the file: its time as HH:MM, all else as it came."""
    entry = read_schedule_entry(raw, policy)
    bounded_text(raw, "description")
    return {**raw, "time": entry.clock} if entry.at else raw


def calendar_days(raw: Fields, frequency: str) -> Fields:
    """A weekly entry without a day is due on Mondays, a monthly one on the first."""
    weekly, monthly = frequency == "weekly", frequency == "monthly"
    days = "weekdays such as mon or mon,thu (0 is Monday)"
    return {
        "weekdays": read_field(raw, "day_of_week", "mon", weekdays, days) if weekly else EVERY_WEEKDAY,
        "days": read_field(raw, "day", "1", month_days, "a day from 1 to 31 or last")
        if monthly
        else EVERY_DAY,
        "months": read_field(raw, "month", "*", months, "a month from 1 to 12 or *")
        if monthly
        else EVERY_MONTH,
    }


def interval(raw: Fields) -> tuple[int, str]:
    allowed = f"a whole number from 1 to {MOST_INTERVALS}"
    count = read_field(raw, "interval_value", None, number_within(1, MOST_INTERVALS), allowed)
    return count, read_choice(raw, "interval_unit", tuple(UNITS), "hours")


def missed_policy(raw: Fields, policy: Fields) -> Fields:
    """What the entry says, else what the file says of every entry."""
    merged = {"missed": raw.get("missed") or policy.get("missed")}
    merged["grace_minutes"] = raw.get("grace_minutes", policy.get("grace_minutes"))
    minutes = number_within(0, MOST_GRACE_MINUTES)
    allowed = f"a whole number from 0 to {MOST_GRACE_MINUTES}"
    return {
        "missed": read_choice(merged, "missed", MISSED, "once"),
        "grace": timedelta(minutes=read_field(merged, "grace_minutes", "5", minutes, allowed)),
    }


def arguments(raw: Fields) -> tuple[str, ...]:
    """The arguments that name the library of the logo updater."""
    if truthy(raw.get("revert")):
        raise Invalid("revert: putting logos back cannot be scheduled.")
    force = ("-ForceReplace",) if truthy(raw.get("force_replace")) else ()
    return "-LibraryName", bounded_text(raw, "library") or "all", *force


def time_of_day(raw: Fields, needed: bool) -> time | None:
    if not needed and raw.get("time") in (None, ""):
        return None
    return read_field(raw, "time", None, clock_time, "a time of day from 00:00 to 23:59")


def bounded_text(raw: Fields, name: str) -> str:
    value = raw.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Invalid(f"{name}: a text of at most {LONGEST_TEXT} characters is allowed.")
    return value


def read_choice(raw: Fields, name: str, allowed: tuple[str, ...], default: str) -> str:
    def parse(text: str) -> str:
        return allowed[allowed.index(text.strip().lower())]

    return read_field(raw, name, default, parse, f"one of {', '.join(allowed)}")


def number_within(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
            raise ValueError(text)
        return int(text)

    return parse


def read_field(raw: Fields, name: str, default: str | None, parse: Callable, allowed: str) -> Any:
    value = raw.get(name)
    value = default if value is None or value == "" else value
    if value is None:
        raise Invalid(f"{name}: {allowed} is needed.")
    try:
        return parse(str(value))
    except ValueError as error:
        raise Invalid(f"{name}: {repr(value)[:SHOWN]} is not {allowed}.") from error
