"""The stored marks of each entry, so that no due time is lost or handled twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.schedule.schedule_entry import Entry
from app.core.schedule.schedule_file import Values

# The key of scheduler.json below which the marks are kept.
MARKS = "handled"

# A mark further in the future was written by a wrong clock.
CLOCK_FAULT = timedelta(days=1)
# The time of a machine without a hardware clock.
EARLIEST_YEAR = 1970


@dataclass(frozen=True)
class EntryMark:
    """When an entry was first seen, and the last due time that was handled; aware times."""

    since: datetime
    handled: datetime | None = None

    def bounded(self, now: datetime) -> "EntryMark":
        """The mark without times that are implausible now."""
        handled = self.handled if self.handled and self.handled <= now + CLOCK_FAULT else None
        return EntryMark(min(self.since, now), handled)

    @property
    def floor(self) -> datetime:
        """The next due moment is the first one after this."""
        return self.handled or self.since

    def serialised(self) -> dict[str, str | None]:
        return {
            "since": self.since.isoformat(timespec="seconds"),
            "handled": self.handled and self.handled.isoformat(timespec="seconds"),
        }


def kept_mark(values: Values, entry: Entry, zone: ZoneInfo) -> EntryMark | None:
    """The mark that the file holds of an entry."""
    marks = values.get(MARKS)
    return mark_from(marks.get(mark_name(entry, zone))) if isinstance(marks, dict) else None


def mark_name(entry: Entry, zone: ZoneInfo) -> str:
    """In another zone it is another entry: its moments there were never missed."""
    return f"{entry.key} {zone.key}"


def mark_from(stored: Any) -> EntryMark | None:
    """Read a serialised mark; None for anything else."""
    try:
        handled = stored["handled"]
        mark = EntryMark(datetime.fromisoformat(stored["since"]), handled and datetime.fromisoformat(handled))
    except (KeyError, TypeError, ValueError):
        return None
    return mark if is_sound(mark.since) and (mark.handled is None or is_sound(mark.handled)) else None


def is_sound(moment: datetime) -> bool:
    """Whether the time is plausible; one of the first year would be out of range in another zone."""
    return moment.utcoffset() is not None and moment.year >= EARLIEST_YEAR
