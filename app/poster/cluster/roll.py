"""Which workers of the cluster draw for this run, looked after while it goes on."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Lock, Thread
from time import monotonic
from urllib.parse import urlsplit

from distributed import Client

from app.poster.cluster.cluster_worker import ClusterWorker
from app.poster.cluster.drawing_facts import difference, drawing_facts

SECONDS_BETWEEN_CALLS = 1.0
SECONDS_BETWEEN_FIRST_CALLS = 0.1
LONGEST_ANSWER = 10.0
MOST_QUESTIONS_AT_ONCE = 16


class Roll:
    """Asks the scheduler each second who is there, and each new worker how it draws.

    A worker that would draw other bytes than this machine is refused, with one note for each reason.
    """

    def __init__(self, client: Client, note: Callable[[str], None]):
        self._client = client
        self._note = note
        self._ours = drawing_facts()
        self._workers: dict[str, ClusterWorker] = {}
        self._asked: dict[str, tuple[int, Future]] = {}
        self._refused: set[str] = set()
        self._calls = ThreadPoolExecutor(1, "roll")
        self._questions = ThreadPoolExecutor(MOST_QUESTIONS_AT_ONCE, "roll")
        self._lock = Lock()
        self._is_over = Event()

    @property
    def places(self) -> int:
        """How many pictures all workers draw at once."""
        with self._lock:
            return sum(worker.places for worker in self._workers.values() if not worker.is_lost)

    def begin(self, seconds: float) -> None:
        """Call until every worker that is there has answered, at most so long; then go on in a thread."""
        deadline = monotonic() + seconds
        while self._call() and self._asked and monotonic() < deadline:
            self._is_over.wait(SECONDS_BETWEEN_FIRST_CALLS)
        Thread(target=self._go_on, name="roll of the cluster", daemon=True).start()

    def take(self) -> ClusterWorker | None:
        """A place at the worker with the least to do, which the caller frees; None where none is left."""
        with self._lock:
            there = [one for one in self._workers.values() if not one.is_lost and not one.is_in_doubt]
            chosen = min(there, key=lambda worker: worker.load, default=None)
            if chosen:
                chosen.take_place()
            return chosen

    def end(self) -> None:
        """Give up all workers."""
        self._is_over.set()
        for threads in (self._calls, self._questions):
            threads.shutdown(wait=False, cancel_futures=True)
        self._lose(list(self._workers))

    def _go_on(self) -> None:
        while not self._is_over.wait(SECONDS_BETWEEN_CALLS) and self._call():
            pass

    def _call(self) -> bool:
        """Note who has come and who is gone; False where the scheduler is lost, and everyone with it."""
        try:
            there = result_of(self._calls.submit(self._client.nthreads), LONGEST_ANSWER)
        except RuntimeError:  # `end` was called in this moment
            return False
        if self._is_over.is_set():
            return False
        if there is None:
            self._note("The cluster's scheduler is lost: this machine draws all further pictures itself")
            self._lose(list(self._workers))
            return False
        if gone := [address for address in self._workers if address not in there]:
            self._lose(gone)
            self._note_end()
        for worker in self._workers.values():
            worker.is_in_doubt = False
        for address in there.keys() - self._workers.keys() - self._asked.keys() - self._refused:
            self._asked[address] = there[address], self._questions.submit(self._ask, address)
        for address in [name for name, (_, asked) in self._asked.items() if asked.done()]:
            self._judge(address, *self._asked.pop(address))
        return True

    def _ask(self, address: str) -> object:
        return self._client.run(drawing_facts, workers=[address], on_error="return")[address]

    def _judge(self, address: str, places: int, asked: Future) -> None:
        facts = result_of(asked)
        why = difference(facts, self._ours) if isinstance(facts, dict) else f"it cannot draw ({facts!r:.200})"
        if why:
            self._refused.add(address)
            host = urlsplit(address).hostname
            self._note(
                f"A worker of the cluster on {host} is refused, because its pictures might differ: {why}; "
                "install the same version there"
            )
            return
        with self._lock:
            self._workers[address] = ClusterWorker(self._client, address, max(places, 1))

    def _note_end(self) -> None:
        if not self._workers:
            self._note("The cluster has no worker left: this machine draws all pictures until one is there")

    def _lose(self, addresses: list[str]) -> None:
        for address in addresses:
            with self._lock:
                worker = self._workers.pop(address)
            worker.lose()


def result_of(asked: Future, seconds: float = 0) -> object | None:
    """The result, None where there is an error or nothing in time."""
    wait((asked,), seconds)
    has_answer = asked.done() and not asked.cancelled() and asked.exception() is None
    return asked.result() if has_answer else None
