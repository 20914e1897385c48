"""The thread that launches queued runs, one at a time, and follows each to its end."""

import errno
import time

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.active_run import ActiveRun
from app.background.background_thread import BackgroundThread
from app.background.problems import Problems
from app.background.trigger_consumer import Consumer
from app.config import child_environment
from app.core import runs
from app.core.errors import reason_of
from app.core.execution import instance, recovery
from app.core.execution.asset_lists import require_lists
from app.core.execution.attempt import Attempt, Before
from app.core.execution.following import Following
from app.core.execution.importing import ReportWatch
from app.core.execution.outcome import RETRY_SECONDS, Ending, put_back, write_down
from app.core.execution.report import Reader
from app.core.file_lock import TriedLock
from app.core.local_time import zone_or_none
from app.core.modes import command_line, script_environment
from app.core.problem_texts import ProblemText, problem_words
from app.core.processes import identify
from app.core.runner import Child, LaunchOrder, launch
from app.core.statement import Statement
from app.core.triggers import waiting
from app.extensions import Machine
from app.models import Run, Status
from app.models.base import now

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.5
IMPORT_SECONDS = 5.0
CLOCK_JUMP_SECONDS = 5.0
PROBLEM = "runs"
ADVICE = "No run is lost: the server tries again. Check that the disk has free space and can be written."
WAITING = "launching"
WAITING_SECONDS = 60.0
WAITING_MESSAGE = "Runs wait for another process, which has taken over launching them and launches none."
WAITING_ADVICE = "Look for a suspended or hanging `posterizarr run` on this data folder, and end it."
# Errors of the machine that may pass; the run waits for that.
PASSING = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EAGAIN,
    errno.ENOMEM,
    errno.EMFILE,
    errno.ENFILE,
    errno.EIO,
}


class Dispatcher(BackgroundThread):
    """Owns the one active run of a data folder.

    Its thread works once it has a lock of its own: a server leads with all its other threads also while a
    command launches runs, and launches them when the command has ended.
    """

    name = "dispatcher"
    pause_seconds = recovery_seconds = TICK_SECONDS
    # The thread must outlive a full disk, a locked database, and our own mistakes.
    passing = (Exception,)

    def __init__(self, machine: Machine):
        super().__init__()
        self.machine = machine
        self.script = machine.settings.poster_script
        self.reader = Reader(zone_or_none(machine.settings.tz))
        self.watch = ReportWatch(machine.paths, self.reader)
        self.problems = Problems(machine.state)
        self.active_run: ActiveRun | None = None
        self.consumer = Consumer(machine)
        self.lock = TriedLock(machine.paths.dispatcher_lock)
        self.waits_since: float | None = None
        self.import_due = 0.0
        self.clock_offset = time.time() - time.monotonic()

    def stop(self, timeout: float = 5.0) -> None:
        """End the thread; a script that runs goes on, and is found again by the next dispatcher."""
        super().stop(timeout)
        if self.active_run:
            self.active_run.leave()
        self.lock.release()

    def begin(self) -> None:
        """Wait until no other process launches runs."""
        while not (self.stopping.is_set() or self.takes_over()):
            self.stopping.wait(TICK_SECONDS)

    def takes_over(self) -> bool:
        try:
            if self.lock.acquire():
                self.machine.state.publish(run=None)
                self.problems.resolve(WAITING)
                return True
            self.watch_other()
        except (OSError, SQLAlchemyError) as error:
            self.report(error)
        return False

    def watch_other(self) -> None:
        """Report a process that holds the lock and launches nothing, such as a command that was suspended."""
        with self.machine.database.reading() as session:
            waits = runs.next_due(session, now()) is not None and runs.active_run(session) is None
        self.waits_since = (self.waits_since or time.monotonic()) if waits else None
        if self.waits_since and time.monotonic() - self.waits_since > WAITING_SECONDS:
            words = problem_words(ProblemText.LAUNCHING)
            self.problems.report(WAITING, WAITING_MESSAGE, WAITING_ADVICE, words)

    def report(self, error: Exception) -> None:
        """Publish the problem; its traceback is logged once, since what fails is tried twice a second."""
        reason = reason_of(error)
        message = Statement("Runs can neither be started nor followed at the moment", reason)
        if self.problems.report(PROBLEM, message, ADVICE, problem_words(ProblemText.RUNS, reason=reason)):
            log.error("dispatcher_tick_failed", exc_info=error)

    def recover(self) -> None:
        self.problems.resolve(PROBLEM)

    def tick(self) -> bool:
        self.mind_clock()
        self.consumer.step()
        if self.active_run is None and not self.adopt():
            return self.launch_next()
        if self.active_run is None or not self.active_run.step():
            return False
        self.active_run = None
        return True

    def mind_clock(self) -> None:
        """Shift waiting times when the wall clock was changed."""
        offset = time.time() - time.monotonic()
        jump = offset - self.clock_offset
        if abs(jump) < CLOCK_JUMP_SECONDS:
            self.clock_offset = offset
            return
        log.warning("wall_clock_moved", seconds=round(jump))
        with self.machine.database.writing() as session:
            runs.shift_waiting(session, jump)
            waiting.shift_waits(session, jump)
        self.clock_offset = offset

    def adopt(self) -> bool:
        """Follow a run that is marked as running and that no thread follows; True if there is one."""
        with self.machine.database.reading() as session:
            run = runs.active_run(session)
        if run is None:
            return False
        trace = recovery.trace_attempt(Attempt.of(self.machine.paths, run))
        log.info("run_found", run=run.id, verdict=trace.verdict.value)
        if trace.verdict is recovery.LaunchVerdict.LAUNCHED:
            self.follow(run, trace, None)
        elif trace.verdict is recovery.LaunchVerdict.NEVER:
            self.end(run, Ending(Status.QUEUED, "the server ended before it was launched"))
        return True

    def follow(self, run: Run, trace: recovery.Trace, child: Child | None) -> None:
        following = Following(Attempt.of(self.machine.paths, run), trace, child)
        self.active_run = ActiveRun(self.machine, self.reader, run, following)

    def end(self, run: Run, ending: Ending) -> None:
        """Write down the end of a run that has no process."""
        with self.machine.database.writing() as session:
            row = session.get(Run, run.id)
            if row is None or row.status != Status.RUNNING or row.attempt != run.attempt:
                return
            if ending.status == Status.QUEUED:
                put_back(row, ending, now())
            else:
                write_down(row, ending, now(), 0)

    def launch_next(self) -> bool:
        """Launch the oldest run that is due, unless a script is running; True when one was launched."""
        with self.machine.database.reading() as session:
            is_due = runs.next_due(session, now()) is not None
        if is_due and instance.other_scripts(self.machine.paths, self.script):
            is_due = False
        if is_due or time.monotonic() >= self.import_due:
            self.import_reports()
        run = self.claim() if is_due else None
        if run:
            self.launch(run)
        return run is not None

    def import_reports(self) -> None:
        """Import reports of runs that were not followed; always before a launch, whose report comes later."""
        self.import_due = time.monotonic() + IMPORT_SECONDS
        if not (files := self.watch.fresh()):
            return
        with self.machine.database.writing() as session:
            imported = self.watch.take_in(session, files)
        self.watch.settle(files)
        if imported:
            log.info("runs_imported", count=len(imported))

    def claim(self) -> Run | None:
        with self.machine.database.writing() as session:
            return runs.claim_next(session, now())

    def launch(self, run: Run) -> None:
        attempt = Attempt.of(self.machine.paths, run)
        before = attempt.before()
        try:
            self.make_way()
            child = launch(self.order(attempt, run, before))
        except (OSError, ValueError) as error:
            self.not_launched(run, error)
            return
        log.info("run_launched", run=run.id, mode=run.mode, attempt=run.attempt, pid=child.pid)
        trace = recovery.Trace(recovery.LaunchVerdict.LAUNCHED, identify(child.pid), before)
        self.follow(run, trace, child)

    def make_way(self) -> None:
        if instance.remove_stale(self.machine.paths, self.script):
            log.info("stale_running_file_removed")

    def order(self, attempt: Attempt, run: Run, before: Before) -> LaunchOrder:
        self.machine.paths.runs.mkdir(parents=True, exist_ok=True)
        require_lists(self.machine.paths.asset_lists, run.arguments)
        environment = script_environment(self.script, child_environment(self.machine.settings))
        return LaunchOrder(
            command=command_line(self.script, run.mode, run.arguments),
            folder=self.machine.paths.data,
            environment=attempt.marked(environment),
            record=attempt.record,
            output=attempt.output,
            before=str(before),
        )

    def not_launched(self, run: Run, error: OSError | ValueError) -> None:
        """Nothing was started: the run is queued again after an error that may pass, else it failed."""
        reason = f"it cannot be launched: {reason_of(error)}"
        log.error("run_not_launched", run=run.id, reason=reason)
        if getattr(error, "errno", None) in PASSING:
            self.end(run, Ending(Status.QUEUED, reason, retry_seconds=RETRY_SECONDS))
        else:
            self.end(run, Ending(Status.FAILED, reason))
