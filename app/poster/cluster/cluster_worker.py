"""One worker of the cluster, as the run sees it."""

from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from threading import Lock

from distributed import Client
from distributed import Future as SentContent

from app.poster.cluster.packed_order import PackedOrder
from app.poster.cluster.worker_side import draw_on_worker
from app.poster.drawing.design import Drawing, PictureError
from app.poster.web.memory import RunMemory

# What was sent stays there up to this size, so that an overlay or font is sent once.
KEPT_BYTES = 128 * 1024 * 1024
# A picture that takes longer is drawn by this machine, and the worker gets no other one.
LONGEST_SECONDS = 120.0
# Each task costs about 10 ms of processor time on its way there and back, so pictures that wait share one.
MOST_IN_A_TASK = 4
# For each place: one task is drawn while the next one is sent.
TASKS_OF_A_PLACE = 2
PICTURES_OF_A_PLACE = MOST_IN_A_TASK * TASKS_OF_A_PLACE
MOST_TASKS_AT_ONCE = 64
MOST_ERRORS = 3
GONE = "its worker ended or was stopped"
UNFINISHED = f"its worker did not finish it in {LONGEST_SECONDS:.0f} seconds"


class WorkerTrouble(Exception):
    """A picture that the worker did not draw, for a reason that is not the picture's."""


@dataclass(frozen=True, slots=True, eq=False)
class PendingOrder:
    """An order on its way, what belongs to it by SHA-256, and its drawing once that is there."""

    packed: PackedOrder
    contents: dict[str, bytes]
    drawing: Future = field(default_factory=Future)


class ClusterWorker:
    """Sends orders to the worker at `address`, which draws `places` of them at once.

    Each task is bound to its worker: one that dies of a picture takes no other worker with it. `is_in_doubt`
    says that its last picture failed, and that it was not seen alive since.
    """

    def __init__(self, client: Client, address: str, places: int):
        self.places = places
        self.is_in_doubt = False
        self._client = client
        self._address = address
        self._executor = client.get_executor(workers=[address], pure=False, retries=0)
        tasks = min(TASKS_OF_A_PLACE * places, MOST_TASKS_AT_ONCE)
        self._threads = ThreadPoolExecutor(tasks, "cluster")
        self._pending: deque[PendingOrder] = deque()
        self._sent = RunMemory(KEPT_BYTES)
        self._loss: Future[None] = Future()
        self._lock = Lock()
        self._drawing = 0
        self._errors = 0

    @property
    def load(self) -> float:
        """Pictures in its hands for each place."""
        return self._drawing / self.places

    @property
    def is_lost(self) -> bool:
        return self._loss.done()

    def draw(self, packed: PackedOrder, contents: dict[str, bytes]) -> Drawing:
        """The picture; PictureError where it cannot be drawn, WorkerTrouble where the worker fails."""
        order, batch = PendingOrder(packed, contents), []
        self._pending.append(order)
        try:
            task = self._threads.submit(self._draw_batch, batch)
        except RuntimeError:
            raise WorkerTrouble(GONE) from None
        task.add_done_callback(partial(self._answer, batch))
        wait((order.drawing, self._loss), LONGEST_SECONDS, FIRST_COMPLETED)
        if not order.drawing.done():
            self.lose()
            raise WorkerTrouble(UNFINISHED)
        return order.drawing.result()

    def take_place(self) -> None:
        with self._lock:
            self._drawing += 1

    def free_place(self) -> None:
        with self._lock:
            self._drawing -= 1

    def lose(self) -> None:
        """Give up what it draws; every later picture is WorkerTrouble."""
        with self._lock:
            if not self._loss.done():
                self._loss.set_result(None)
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._executor.shutdown(wait=False)

    def _draw_batch(self, batch: list[PendingOrder]) -> list[Drawing | PictureError]:
        """Fill the batch with orders that wait, none where others took them, and draw it as one task."""
        with self._lock:
            batch += [self._pending.popleft() for _ in range(min(MOST_IN_A_TASK, len(self._pending)))]
        if not batch:
            return []
        contents = {digest: content for order in batch for digest, content in order.contents.items()}
        sent = [self._once(digest, content) for digest, content in contents.items()]
        orders = tuple(order.packed for order in batch)
        return self._executor.submit(draw_on_worker, orders, tuple(contents), *sent).result()

    def _once(self, digest: str, content: bytes) -> SentContent:
        return self._sent.recall(digest, partial(self._send, content), lambda _: len(content))

    def _send(self, content: bytes) -> SentContent:
        (sent,) = self._client.scatter([content], workers=[self._address], direct=True, hash=False)
        return sent

    def _answer(self, batch: list[PendingOrder], task: Future) -> None:
        """Hand out what a task has drawn; an error of the task itself is one of the worker."""
        error = CancelledError() if task.cancelled() else task.exception()
        if not batch:
            return
        if error is None:
            self._errors = 0
            outcomes = task.result()
        else:
            self._doubt()
            outcomes = [worker_trouble(error)] * len(batch)
        for order, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Exception):
                order.drawing.set_exception(outcome)
            else:
                order.drawing.set_result(outcome)

    def _doubt(self) -> None:
        self.is_in_doubt = True
        self._errors += 1
        if self._errors >= MOST_ERRORS:
            self.lose()


def worker_trouble(error: BaseException) -> WorkerTrouble:
    made = WorkerTrouble(GONE if isinstance(error, CancelledError) else f"{type(error).__name__}: {error}")
    made.__cause__ = error
    return made
