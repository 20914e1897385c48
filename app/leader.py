"""One worker leads: it holds a file lock, and runs the threads that must exist once."""

import os
import threading

import structlog
from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from app.collector import Collector
from app.core.execution.processes import identify
from app.dispatcher import Dispatcher
from app.extensions import Machine
from app.indexer import Indexer
from app.models.base import now
from app.refresher import Refresher
from app.scheduler import Scheduler

log = structlog.get_logger(__name__)

TRY_SECONDS = 1.0
THREADS = (Dispatcher, Scheduler, Refresher, Indexer, Collector)


class Leadership:
    """Tries for the lock each second, and leads from then on until it is stopped or its process dies."""

    def __init__(self, machine: Machine, kinds=THREADS):
        self.machine = machine
        self.kinds = kinds
        self.lock = FileLock(machine.paths.leader_lock, thread_local=False)
        self.led: list = []
        self.trouble = ""
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.try_to_lead, name="leadership", daemon=True)

    @property
    def leads(self) -> bool:
        return bool(self.led)

    def start(self) -> None:
        self.thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Stop what we lead, then let another worker have the lock."""
        self.stopped.set()
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
        while not self.stopped.is_set():
            if self.holds_lock() and self.takes_over():
                return
            self.stopped.wait(TRY_SECONDS)

    def holds_lock(self) -> bool:
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            self.tell_of(error)
            return False
        return True

    def tell_of(self, error: Exception) -> None:
        """Log a trouble that comes back every second once."""
        if self.trouble != str(error):
            log.warning("cannot_lead", error=str(error))
        self.trouble = str(error)

    def takes_over(self) -> bool:
        """Start everything that a leader runs, or leave the lock to another worker or a later try."""
        try:
            self.lead()
        except (OSError, RuntimeError, SQLAlchemyError) as error:  # such as no memory for a thread
            self.tell_of(error)
            self.step_down()
            return False
        return True

    def lead(self) -> None:
        log.info("leading", pid=os.getpid())
        me = identify(os.getpid())
        leader = {"pid": me.pid, "started": me.started, "since": now().isoformat(timespec="seconds")}
        self.machine.state.publish(leader=leader, problems=[])
        for kind in self.kinds:
            thread = kind(self.machine)
            thread.start()
            self.led.append(thread)
