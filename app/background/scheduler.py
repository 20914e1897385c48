"""The thread that owns the schedule library; its jobs only queue runs.

The library keeps the jobs and runs those that are due. `app.core.schedule.schedule_clock` computes when they
are due: the library's own computation is naive local time, wrong at daylight-saving changes.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import schedule
import structlog

from app.background.background_thread import BackgroundThread
from app.background.problems import published
from app.core.config_file import truthy
from app.core.errors import ApplicationError
from app.core.execution.instance import LiveScript
from app.core.fingerprint import Fingerprint
from app.core.problem_texts import ProblemText, problem_words
from app.core.schedule.occurrences import queue_due, record_missed
from app.core.schedule.schedule_clock import Recurrence, latest_within
from app.core.schedule.schedule_entry import Entry
from app.core.schedule.schedule_file import SchedulesUnreadable, Values
from app.core.schedule.schedule_marks import MARKS, EntryMark, kept_mark, mark_name
from app.core.schedule.schedules import Timetable, last_run_text, shown_jobs, timetable
from app.extensions import Machine
from app.models import Run, Status
from app.models.base import now as present

log = structlog.get_logger(__name__)

TICK = 1.0
ON_TIME = timedelta(seconds=60)
CLOCK_STEP = timedelta(seconds=5)
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(minutes=10)
TICKS_BEFORE_WRITING_AGAIN = 30
STOPPED = {
    "alive": False,
    "running": False,
    "next_run": None,
    "active_jobs": [],
    "fingerprint": None,
    "problems": [],
}
MEND = "Correct it in the schedule page or in scheduler.json; the other entries stay in force."
MAKE_ROOM = "Check the free space and the permissions of the data folder; schedules stay in force meanwhile."
WAIT = "It is tried again; if it stays, see the server's log for the reason."
GONE = "scheduler.json is missing; the entries read last stay in force."

Clock = Callable[[], datetime]


class ScheduleJob(schedule.Job):
    """One entry in force; our clock decides when it is due, and its failure stops no other."""

    def __init__(
        self, library: schedule.Scheduler, entry: Entry, zone: ZoneInfo, mark: EntryMark, clock: Clock
    ):
        super().__init__(1, library)
        self.entry = entry
        self.zone = zone
        self.mark = mark
        self.clock = clock
        self.failures = 0
        self.retry_at: datetime | None = None
        self.error = ""

    @property
    def should_run(self) -> bool:
        return self.clock() >= (self.retry_at or self.next_run)

    def run(self) -> None:
        try:
            self.job_func(self)
        except Exception as error:  # one failing job never stops the others
            self.put_off(error)
        else:
            self._schedule_next_run()

    def _schedule_next_run(self) -> None:
        self.failures, self.retry_at, self.error = 0, None, ""
        self.mark = self.mark.bounded(self.clock())
        self.next_run = self.recurrence.after(self.mark.floor)

    @property
    def recurrence(self) -> Recurrence:
        return self.entry.recurrence(self.zone, self.mark.since)

    def put_off(self, error: Exception) -> None:
        """Keep the due moment and try again soon, then ever less often."""
        if not self.failures:
            log.error("schedule_failed", job=self.entry.job_name, exc_info=error)
        self.retry_at = self.clock() + min(FIRST_RETRY * 2 ** min(self.failures, 10), LONGEST_RETRY)
        self.failures += 1
        self.error = f"{self.entry.job_name} could not be queued ({type(error).__name__}); it is tried again."

    def due(self, now: datetime) -> datetime | None:
        """The latest due moment that may still take place; None where it is too late for any."""
        late = max(ON_TIME, self.entry.grace) if self.entry.missed == "once" else ON_TIME
        start = max(self.mark.floor, now - late - timedelta.resolution)
        return latest_within(self.recurrence, start, now)

    def handled(self, moment: datetime) -> None:
        self.mark = EntryMark(self.mark.since, moment)


class Scheduler(BackgroundThread):
    """Queues what is due; only the worker that leads runs it."""

    name = "scheduler"
    pause_seconds = TICK

    def __init__(self, machine: Machine, clock: Clock = present):
        super().__init__()
        self.machine = machine
        self.file = machine.schedules
        self.clock = clock
        self.library = schedule.Scheduler()
        self.live_script = LiveScript(machine.paths.data, machine.settings.poster_script)
        self.table: Timetable | None = None
        self.values: Values = self.file.defaults()
        self.seen: Fingerprint | None = None
        self.looked = clock()
        self.last_run: str | None = None
        self.file_problem = ""
        self.write_problem = ""
        self.ticks_to_rest = 0
        self.published: dict = {}

    def stop(self, timeout: float = 5.0) -> None:
        """End the thread and show every worker that nothing is planned."""
        super().stop(timeout)
        self.machine.state.publish(scheduler=STOPPED)

    def begin(self) -> None:
        """Create the file where there is none."""
        try:
            self.file.create()
        except ApplicationError as error:
            self.rest(error)

    def tick(self) -> None:
        """Apply changes of the file, queue what is due, store and publish what comes next."""
        self.mind_clock()
        self.read()
        self.library.run_pending()
        self.keep()
        self.publish()

    def mind_clock(self) -> None:
        """Where the wall clock went back, compute again when each job is due."""
        now = self.clock()
        if now < self.looked - CLOCK_STEP:
            log.warning("clock_went_back", seconds=(self.looked - now).total_seconds())
            for job in self.library.jobs:
                job._schedule_next_run()
        self.looked = now

    def read(self) -> None:
        fingerprint = self.file.fingerprint()
        if self.table and fingerprint == self.seen:
            return
        self.seen = fingerprint
        self.file_problem = GONE if self.table and fingerprint is None else ""
        if fingerprint:
            self.take_over()
        if self.table is None:
            self.arrange()

    def take_over(self) -> None:
        try:
            self.values = self.file.values()
        except SchedulesUnreadable as error:
            self.file_problem = error.statement
        else:
            self.arrange()

    def arrange(self) -> None:
        """Make the jobs those of the timetable; one that stays keeps its mark and its time."""
        settings = self.machine.settings
        self.table = table = timetable(self.values, settings.run_time, settings.tz)
        staying = {job.entry.key: job for job in self.library.jobs if job.zone == table.zone}
        self.library.clear()
        for entry in table.entries:
            if job := staying.get(entry.key):
                job.entry = entry
                self.library.jobs.append(job)
            else:
                self.add(entry, table.zone)

    def add(self, entry: Entry, zone: ZoneInfo) -> None:
        mark = kept_mark(self.values, entry, zone) or EntryMark(self.clock().replace(microsecond=0))
        ScheduleJob(self.library, entry, zone, mark, self.clock).do(self.fire)

    def fire(self, job: ScheduleJob) -> None:
        """Queue a due job, or record that it is too late for it."""
        now = self.clock()
        due = job.due(now)
        # Before the transaction, which must not wait for a scan of the process table.
        is_foreign = self.table.skip_if_running and self.live_script.is_alive()
        with self.machine.database.writing() as session:
            if due:
                run = queue_due(session, job.entry, due, self.table.skip_if_running, is_foreign)
            else:
                run = record_missed(session, job.entry, job.next_run, job.zone)
        job.handled(due or now)
        self.note(run, now)

    def note(self, run: Run | None, now: datetime) -> None:
        if run and run.status == Status.QUEUED:
            self.last_run = last_run_text(now, self.table.zone)
        if run:
            log.info("schedule_due", run=run.id, mode=run.mode, status=run.status, reason=run.reason)

    def keep(self) -> None:
        """Write what a restart needs, where the file does not hold it yet."""
        wanted = self.memory()
        unsaid = any(is_unsaved(self.values, name, value) for name, value in wanted.items())
        if self.file_problem or not (unsaid or self.write_problem):
            return
        if self.ticks_to_rest:
            self.ticks_to_rest -= 1
            return
        self.write(wanted)

    def memory(self) -> Values:
        marks = {mark_name(job.entry, job.zone): job.mark.serialised() for job in self.library.jobs}
        last_run = {"last_run": self.last_run} if self.last_run else {}
        return {MARKS: marks, "next_run": self.next_run, **last_run}

    def write(self, wanted: Values) -> None:
        try:
            with self.file.changing() as values:
                values |= wanted
        except ApplicationError as error:
            self.rest(error)
        else:
            self.write_problem, self.last_run = "", None
            self.values = {**self.values, **wanted}

    def rest(self, error: ApplicationError) -> None:
        """Report why nothing can be written, and do not write again for a while."""
        self.write_problem, self.ticks_to_rest = error.statement, TICKS_BEFORE_WRITING_AGAIN

    @property
    def next_run(self) -> str | None:
        jobs = self.shown_jobs()
        return jobs[0]["next_run"] if jobs else None

    def shown_jobs(self) -> list[dict[str, str]]:
        return shown_jobs([(job.entry, job.next_run) for job in self.library.jobs], self.table.zone)

    def publish(self) -> None:
        """Publish the section of the shared state, where it has changed."""
        section = {
            "alive": True,
            "running": truthy(self.values["enabled"]) or bool(self.machine.settings.run_time),
            "next_run": self.next_run,
            "active_jobs": self.shown_jobs(),
            "fingerprint": list(self.seen or ()),
            "problems": self.problems(),
        }
        if section != self.published:
            self.machine.state.publish(scheduler=section)
            self.published = section

    def problems(self) -> list[dict[str, Any]]:
        entries = (self.file_problem, *self.table.problems)
        found = [(text, MEND, ProblemText.SCHEDULE_ENTRIES) for text in entries]
        found += [(self.write_problem, MAKE_ROOM, ProblemText.SCHEDULE_WRITING)]
        found += [(job.error, WAIT, ProblemText.SCHEDULE_QUEUING) for job in self.library.jobs]
        return [
            published("scheduler", text, *rest, problem_words(name, reason=text))
            for text, *rest, name in found
            if text
        ]


def is_unsaved(values: Values, name: str, wanted: object) -> bool:
    return (values.get(name) or None) != (wanted or None)
