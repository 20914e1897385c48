"""One worker leads: it holds a file lock, and runs the threads that must exist once."""

import os
import threading
import time
from collections.abc import Callable

import structlog
from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from app.background.dispatcher import Dispatcher
from app.background.export_importer import ExportImporter
from app.background.indexer import Indexer
from app.background.problems import Problems
from app.background.release_checker import ReleaseChecker
from app.background.scheduler import Scheduler
from app.core.processes import identify
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

TRY_SECONDS = 1.0
# A thread that ends at once each time leaves a few lines a minute, and not the whole log.
RENEWAL_SECONDS = 10.0
THREADS = (Dispatcher, Scheduler, ReleaseChecker, Indexer, ExportImporter)
PROBLEM = "threads"
ADVICE = "It was started anew; the server's log tells what ended it. Please report that."


class Leadership:
    """Tries for the lock each second, and leads from then on until it is stopped or its process dies."""

    def __init__(self, machine: Machine, kinds=THREADS):
        self.machine = machine
        self.kinds = kinds
        self.lock = FileLock(machine.paths.leader_lock, thread_local=False)
        self.led: list = []
        self.trouble = ""
        self.renewal_due = 0.0
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.try_to_lead, name="leadership", daemon=True)

    @property
    def leads(self) -> bool:
        return bool(self.led)

    def start(self) -> None:
        self.thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Stop what we lead, then let another worker have the lock."""
        self.stopping.set()
        if self.thread.is_alive():
            self.thread.join(timeout)
        self.step_down(timeout)

    def step_down(self, timeout: float = 5.0) -> None:
        for thread in self.led:
            thread.stop(timeout)
        if self.lock.is_locked:
            self.machine.state.publish(leader=None)
        self.led = []
        self.lock.release()

    def try_to_lead(self) -> None:
        while not self.stopping.is_set():
            if self.leads or (self.holds_lock() and self.takes_over()):
                self.mind_threads()
            self.stopping.wait(TRY_SECONDS)

    def holds_lock(self) -> bool:
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            self.report(error)
            return False
        return True

    def report(self, error: Exception) -> None:
        """Log a trouble that comes back every second once."""
        if self.trouble != str(error):
            log.warning("cannot_lead", error=str(error))
        self.trouble = str(error)

    def takes_over(self) -> bool:
        """Start everything that a leader runs, or leave the lock to another worker or a later try."""
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

    def mind_threads(self) -> None:
        """Start anew what has ended although nobody told it to: a fault of ours must not go unnoticed."""
        ended = [place for place, led in enumerate(self.led) if has_ended(led)]
        if ended and time.monotonic() >= self.renewal_due:
            self.renewal_due = time.monotonic() + RENEWAL_SECONDS
            self.succeeds(lambda: self.renew(ended))

    def renew(self, places: list[int]) -> None:
        for place in places:
            kind = self.kinds[place]
            name = kind.__name__.lower()
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


def has_ended(led) -> bool:
    """Whether its thread is no more; some have none, where the settings want none."""
    thread = led.thread
    return thread is not None and not thread.is_alive()
