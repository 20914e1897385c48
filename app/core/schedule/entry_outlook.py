"""Each schedule as people look at it: whether it is in force, when it is due, and what is special then."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.config_file import truthy
from app.core.errors import Invalid
from app.core.schedule.schedule_entry import RUN_TIME, Entry, read_schedule_entry
from app.core.schedule.schedule_file import Values
from app.core.schedule.scheduler_status import next_of
from app.core.schedule.schedules import MOST_ENTRIES, Timetable, shown_schedules

IN_FORCE, OFF, SUSPENDED, INVALID, REPEATED = "on", "off", "suspended", "invalid", "repeated"
GAP, TWICE = "gap", "twice"
# The longest day that every month has.
SHORTEST_MONTH = 28


@dataclass(frozen=True)
class EntryOutlook:
    """One schedule of the list that clients see.

    `due` is its next time in the zone, None where it is not in force; `change` is GAP or TWICE where the
    clocks are changed then; `meets` are the indices of schedules that are due at the same time.
    """

    index: int
    raw: Any
    entry: Entry | None
    state: str
    problem: str = ""
    due: datetime | None = None
    change: str = ""
    meets: tuple[int, ...] = ()

    @property
    def is_fixed(self) -> bool:
        return isinstance(self.raw, dict) and self.raw.get("source") == RUN_TIME

    @property
    def has_short_months(self) -> bool:
        """Whether some month lacks a wanted day, so that its last day is used."""
        entry = self.entry
        return bool(entry and entry.frequency == "monthly" and max(entry.days) > SHORTEST_MONTH)


def entry_outlooks(
    values: Values, run_times: Iterable[str], table: Timetable, now: datetime
) -> list[EntryOutlook]:
    """Every schedule of the file, then those of RUN_TIME."""
    in_force = {entry.index for entry in table.entries}
    shown = shown_schedules(values, run_times)[: MOST_ENTRIES + len(tuple(run_times))]
    found = [entry_outlook(index, raw, values, in_force) for index, raw in enumerate(shown)]
    dated = [with_due(each, values, table.zone, now) for each in found]
    return [replace(each, meets=met_by(each, dated)) for each in dated]


def entry_outlook(index: int, raw: Any, values: Values, in_force: set[int]) -> EntryOutlook:
    try:
        entry = replace(read_schedule_entry(raw, values), index=index)
    except Invalid as error:
        return EntryOutlook(index, raw, None, INVALID, str(error))
    return EntryOutlook(index, raw, entry, IN_FORCE if index in in_force else why_not(entry, values))


def why_not(entry: Entry, values: Values) -> str:
    if not entry.enabled:
        return OFF
    return REPEATED if truthy(values["enabled"]) else SUSPENDED


def with_due(each: EntryOutlook, values: Values, zone: ZoneInfo, now: datetime) -> EntryOutlook:
    if each.state != IN_FORCE:
        return each
    due = next_of(each.entry, values, zone, now).astimezone(zone)
    return replace(each, due=due, change=clock_change(each.entry, due))


def clock_change(entry: Entry, due: datetime) -> str:
    """GAP where the wanted time does not exist on that day, TWICE where it exists twice, else ""."""
    if entry.frequency == "interval":
        return ""
    if due.time() != entry.at:
        return GAP
    return TWICE if due.replace(fold=0).utcoffset() != due.replace(fold=1).utcoffset() else ""


def met_by(each: EntryOutlook, others: Iterable[EntryOutlook]) -> tuple[int, ...]:
    return tuple(other.index for other in others if other is not each and coincide(each, other))


def coincide(one: EntryOutlook, other: EntryOutlook) -> bool:
    """Whether two schedules in force are due at the same time next, or on some day of the calendar."""
    if one.due is None or other.due is None:
        return False
    return one.due == other.due or share_a_day(one.entry, other.entry)


def share_a_day(one: Entry, other: Entry) -> bool:
    if "interval" in (one.frequency, other.frequency) or one.at != other.at:
        return False
    return bool(one.weekdays & other.weekdays and one.months & other.months and share_a_date(one, other))


def share_a_date(one: Entry, other: Entry) -> bool:
    """Days that not every month has meet on the last day of a short month."""
    return bool(one.days & other.days) or min(max(one.days), max(other.days)) > SHORTEST_MONTH
