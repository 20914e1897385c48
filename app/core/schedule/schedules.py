"""The entries of scheduler.json that are in force, and their form in the API."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.config_file import truthy
from app.core.errors import Invalid
from app.core.schedule.schedule_clock import zone_named
from app.core.schedule.schedule_entry import RUN_TIME, Entry, entry_at, read_schedule_entry
from app.core.schedule.schedule_file import USUAL_ZONE, Values
from app.core.schedule.schedule_marks import MARKS
from app.core.statement import Statement

MOST_ENTRIES = 200


@dataclass(frozen=True)
class Timetable:
    """The entries in force, in one zone, and what is wrong with those that are not."""

    zone: ZoneInfo
    entries: tuple[Entry, ...]
    skip_if_running: bool
    problems: tuple[str, ...]


def timetable(values: Values, run_times: Iterable[str], zone_setting: str) -> Timetable:
    """Read the whole file; an invalid entry is left out and reported.

    Times of the setting RUN_TIME are in force although `enabled` is false,
    unless an entry in force says the same.
    """
    zone, zone_problems = zone_in_force(values, zone_setting)
    found, problems = file_entries(values)
    listed = [entry for entry in found if entry.enabled and truthy(values["enabled"])]
    entries = {entry.key: entry for entry in (*run_time_entries(values, run_times), *listed)}
    ordered = tuple(sorted(entries.values(), key=lambda entry: entry.index))
    return Timetable(zone, ordered, truthy(values["skip_if_running"]), (*zone_problems, *problems))


def zone_in_force(values: Values, setting: str) -> tuple[ZoneInfo, list[str]]:
    """The setting TZ, else the file's zone, else the usual one and a problem."""
    name = setting or values["timezone"]
    try:
        return zone_named(str(name)), []
    except ValueError:
        general = f"The time zone in scheduler.json is unknown, so {USUAL_ZONE} is used"
        return zone_named(USUAL_ZONE), [Statement(general, repr(name)[:60])]


def file_entries(values: Values) -> tuple[list[Entry], list[str]]:
    entries: dict[str, Entry] = {}
    problems = []
    for index, raw in enumerate(values["schedules"][:MOST_ENTRIES]):
        try:
            entry = replace(read_schedule_entry(raw, values), index=index)
            problems += duplicate(entries, entry)
            entries.setdefault(entry.key, entry)
        except Invalid as error:
            problems.append(Statement(f"The entry schedules[{index}] is not in force", str(error)))
    return list(entries.values()), problems + surplus_entries(values)


def duplicate(entries: dict[str, Entry], entry: Entry) -> list[str]:
    same = entries.get(entry.key)
    return [f"The entry schedules[{entry.index}] is the same as schedules[{same.index}]."] if same else []


def surplus_entries(values: Values) -> list[str]:
    count = len(values["schedules"])
    if count <= MOST_ENTRIES:
        return []
    return [f"scheduler.json has {count} entries, and only the first {MOST_ENTRIES} are in force."]


def run_time_entries(values: Values, run_times: Iterable[str]) -> list[Entry]:
    start = len(values["schedules"])
    return [entry_at(clock, start + number, values) for number, clock in enumerate(run_times)]


def shown_schedules(values: Values, run_times: Iterable[str]) -> list[Any]:
    """The file's entries in their order, then those of RUN_TIME."""
    fixed = [{"time": clock, "description": "Set by RUN_TIME", "source": RUN_TIME} for clock in run_times]
    return [*values["schedules"], *fixed]


def shown_config(values: Values, run_times: Iterable[str], zone_setting: str) -> Values:
    """The file as clients see it: without the scheduler's own marks, with the zone that counts."""
    shown = {name: value for name, value in values.items() if name != MARKS}
    zone = zone_setting or values["timezone"]
    return shown | {"timezone": zone, "schedules": shown_schedules(values, run_times)}


def shown_jobs(jobs: Iterable[tuple[Entry, datetime]], zone: ZoneInfo) -> list[dict[str, str]]:
    """The jobs in the order in which they are due, with times in the zone."""
    ordered = sorted(jobs, key=lambda job: job[1])
    return [
        {"id": entry.job_id, "name": entry.job_name, "next_run": due.astimezone(zone).isoformat()}
        for entry, due in ordered
    ]


def last_run_text(moment: datetime, zone: ZoneInfo) -> str:
    """The local time without a zone, to the microsecond, as clients expect `last_run`."""
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="microseconds")
