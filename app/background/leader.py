"""One worker leads: it holds a file lock, and runs the threads that must exist only once."""

import math
import os
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.background.cataloguer import Cataloguer
from app.background.dispatcher import Dispatcher
from app.background.export_importer import ExportImporter
from app.background.indexer import Indexer
from app.background.problem_watch import ProblemWatch
from app.background.problems import Problems
from app.background.release_checker import ReleaseChecker
from app.background.replacement_thread import ReplacementThread
from app.background.scheduler import Scheduler
from app.core.file_lock import TriedLock
from app.core.problem_texts import ProblemText, problem_words
from app.core.processes import identify
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

TRY_SECONDS = 1.0
# A thread that ends at once each time leaves a few lines a minute, and not the whole log.
RENEWAL_SECONDS = 10.0
THREADS = (
    *(Dispatcher, Scheduler, ReleaseChecker, Indexer, ExportImporter, ReplacementThread),
    *(Cataloguer, ProblemWatch),
)
PROBLEM = "threads"
ADVICE = "It was started again; the server's log has the traceback. Please report it."
HANGING = "hanging threads"
HANGING_ADVICE = (
    "Usually a disk, a network folder or the database does not answer. Another thread has taken over where"
    " that is possible; restart the server if this does not pass."
)
# A thread that hangs cannot be ended; of one that hangs again and again not too many are left behind.
MOST_ABANDONED = 5
BEAT_SECONDS = 10.0
# How long /health shows that a thread was replaced.
SHOWN_SECONDS = 600.0


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
        self.abandoned: Counter[str] = Counter()
        self.published_at = -math.inf
        self.looked_at = 0.0
        self.hung_at = 0.0
        self.leader: dict[str, int | str] = {}

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
            self.watch_hanging()
            self.publish_beat()

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
            name = self.kinds[place].name
            message = f"The {name} thread ended because of a fault of the server."
            words = problem_words(ProblemText.THREAD_ENDED, thread=name)
            Problems(self.machine.state).report(PROBLEM, message, ADVICE, words)
            self.replace(place)

    def replace(self, place: int) -> None:
        """Start a new thread in the place of one, which ends as soon as it can."""
        kind = self.kinds[place]
        log.error("thread_renewed", thread=kind.name)
        self.led[place].stop(0)
        fresh = kind(self.machine)
        fresh.start()
        self.led[place] = fresh

    def watch_hanging(self) -> None:
        """Report threads that hang, and let others take over from them.

        What one that hangs has begun is safe: it is left behind as if its process had been killed.
        """
        gap, self.looked_at = time.monotonic() - self.looked_at, time.monotonic()
        if gap > BEAT_SECONDS:  # this process itself stood still, and its threads have to catch up
            return
        hanging = [place for place, led in enumerate(self.led) if led.hangs]
        for place in hanging:
            self.report_hanging(self.led[place])
            if self.abandoned[self.led[place].name] < MOST_ABANDONED:
                self.abandoned[self.led[place].name] += 1
                self.succeeds(partial(self.replace, place))
        if hanging:
            self.hung_at = time.monotonic()
        elif time.monotonic() - self.hung_at > SHOWN_SECONDS:
            Problems(self.machine.state).resolve(HANGING)

    def report_hanging(self, thread: BackgroundThread) -> None:
        minutes = round(thread.busy_seconds / 60)
        message = f"The {thread.name} thread has not moved for {minutes} minutes."
        words = problem_words(ProblemText.THREAD_HANGS, thread=thread.name, minutes=minutes)
        Problems(self.machine.state).report(HANGING, message, HANGING_ADVICE, words)

    def publish_beat(self) -> None:
        """Show every worker now and then that the leader moves."""
        if time.monotonic() - self.published_at >= BEAT_SECONDS:
            self.published_at = time.monotonic()
            self.machine.state.publish(leader={**self.leader, "beat": self.published_at})

    def lead(self) -> None:
        log.info("leading", pid=os.getpid())
        me = identify(os.getpid())
        self.leader = {"pid": me.pid, "started": me.started, "since": now().isoformat(timespec="seconds")}
        self.machine.state.publish(leader=self.leader | {"beat": time.monotonic()}, problems=[])
        for kind in self.kinds:
            thread = kind(self.machine)
            thread.start()
            self.led.append(thread)
