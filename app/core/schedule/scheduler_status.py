"""The status of the scheduler, from the file and the shared state, without the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.config_file import truthy
from app.core.fingerprint import Fingerprint
from app.core.schedule.schedule_entry import Entry
from app.core.schedule.schedule_file import ScheduleFile, Values
from app.core.schedule.schedule_marks import EntryMark, kept_mark
from app.core.schedule.schedules import Timetable, shown_jobs, shown_schedules, timetable
from app.core.state import SharedState
from app.models import Origin


@dataclass(frozen=True)
class SchedulerStatusReader:
    """Reads the status of the scheduler, whichever worker runs it."""

    file: ScheduleFile
    state: SharedState
    run_times: tuple[str, ...]
    zone_setting: str

    def read(self, now: datetime) -> dict[str, Any]:
        fingerprint = self.file.fingerprint()
        values, problem = self.file.last_known()
        sections = self.state.read()
        section = sections["scheduler"] or {}
        return {
            "success": True,
            "enabled": truthy(values["enabled"]),
            **self.plan(section, values, fingerprint, problem, now),
            "is_executing": is_executing(sections["run"]),
            "schedules": shown_schedules(values, self.run_times),
            "timezone": self.zone_setting or values["timezone"],
            "last_run": values["last_run"],
            "problems": problems(section, problem),
        }

    def plan(
        self, section: Values, values: Values, fingerprint: Fingerprint | None, problem: str, now: datetime
    ) -> dict[str, Any]:
        """What the thread published or, until it has read a change, what it will publish."""
        if section.get("alive") and not problem and section["fingerprint"] != list(fingerprint or ()):
            return self.coming(values, now)
        jobs = section.get("active_jobs", [])
        return {"running": section.get("running", False), "next_run": first(jobs), "active_jobs": jobs}

    def coming(self, values: Values, now: datetime) -> dict[str, Any]:
        table = timetable(values, self.run_times, self.zone_setting)
        jobs = shown_jobs(upcoming(table, values, now), table.zone)
        running = truthy(values["enabled"]) or bool(self.run_times)
        return {"running": running, "next_run": first(jobs), "active_jobs": jobs}


def upcoming(table: Timetable, values: Values, now: datetime) -> Iterable[tuple[Entry, datetime]]:
    return [(entry, next_of(entry, values, table.zone, now)) for entry in table.entries]


def next_of(entry: Entry, values: Values, zone: ZoneInfo, now: datetime) -> datetime:
    mark = (kept_mark(values, entry, zone) or EntryMark(now)).bounded(now)
    return entry.recurrence(zone, mark.since).after(max(mark.floor, now))


def first(jobs: list[dict[str, str]]) -> str | None:
    return jobs[0]["next_run"] if jobs else None


def is_executing(run: Values | None) -> bool:
    return run is not None and run.get("origin") == Origin.SCHEDULE


def problems(section: Values, file_problem: str) -> list[str]:
    messages = [found["message"] for found in section.get("problems", ())]
    return list(dict.fromkeys(filter(None, (file_problem, *messages))))
