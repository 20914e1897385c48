"""One worker leads: it holds a file lock, and runs the threads that must exist only once."""

import os
import time
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.background.dispatcher import Dispatcher
from app.background.export_importer import ExportImporter
from app.background.indexer import Indexer
from app.background.problems import Problems
from app.background.release_checker import ReleaseChecker
from app.background.scheduler import Scheduler
from app.core.file_lock import TriedLock
from app.core.processes import identify
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

TRY_SECONDS = 1.0
# A thread that ends at once each time leaves a few lines a minute, and not the whole log.
RENEWAL_SECONDS = 10.0
THREADS = (Dispatcher, Scheduler, ReleaseChecker, Indexer, ExportImporter)
PROBLEM = "threads"
ADVICE = "It was started again; the server's log has the traceback. Please report it."


class Leadership(BackgroundThread):
    """Tries for the lock each second, and leads from then on until it is stopped or its process dies."""

    name = "leadership"
    pause_seconds = TRY_SECONDS

    def __init__(self, machine: Machine, kinds: tuple[type[BackgroundThread], ...] = THREADS):
        super().__init__()
        self.machine = machine
        self.kinds = kinds
        self.lock = TriedLock(machine.paths.leader_lock)
        self.led: list[BackgroundThread] = []
        self.trouble = ""
        self.renewal_due = 0.0

    @property
    def leads(self) -> bool:
        return bool(self.led)

    def stop(self, timeout: float = 5.0) -> None:
        """Stop the threads that this worker runs, then release the lock for another worker."""
        super().stop(timeout)
        self.step_down(timeout)

    def step_down(self, timeout: float = 5.0) -> None:
        for thread in self.led:
            thread.stop(timeout)
        if self.lock.is_ours:
            self.machine.state.publish(leader=None)
        self.led = []
        self.lock.release()

    def tick(self) -> None:
        if self.leads or (self.holds_lock() and self.takes_over()):
            self.replace_ended()

    def holds_lock(self) -> bool:
        try:
            return self.lock.acquire()
        except OSError as error:
            self.report(error)
            return False

    def report(self, error: Exception) -> None:
        """Log an error that comes back every second only once."""
        if self.trouble != str(error):
            log.warning("cannot_lead", error=str(error))
        self.trouble = str(error)

    def takes_over(self) -> bool:
        """Start all threads, or release the lock for another worker or a later try."""
        leads = self.succeeds(self.lead)
        if not leads:
            self.step_down()
        return leads

    def succeeds(self, step: Callable[[], None]) -> bool:
        try:
            step()
        except (OSError, RuntimeError, SQLAlchemyError) as error:  # such as no memory for a thread
            self.report(error)
            return False
        return True

    def replace_ended(self) -> None:
        """Start a new thread for each that ended without being stopped, and report it as a problem."""
        ended = [place for place, led in enumerate(self.led) if led.has_ended]
        if ended and time.monotonic() >= self.renewal_due:
            self.renewal_due = time.monotonic() + RENEWAL_SECONDS
            self.succeeds(lambda: self.renew(ended))

    def renew(self, places: list[int]) -> None:
        for place in places:
            kind = self.kinds[place]
            name = kind.name
            log.error("thread_renewed", thread=name)
            message = f"The {name} thread ended because of a fault of the server."
            Problems(self.machine.state).report(PROBLEM, message, ADVICE)
            self.led[place].stop(0)
            fresh = kind(self.machine)
            fresh.start()
            self.led[place] = fresh

    def lead(self) -> None:
        log.info("leading", pid=os.getpid())
        me = identify(os.getpid())
        leader = {"pid": me.pid, "started": me.started, "since": now().isoformat(timespec="seconds")}
        self.machine.state.publish(leader=leader, problems=[])
        for kind in self.kinds:
            thread = kind(self.machine)
            thread.start()
            self.led.append(thread)
