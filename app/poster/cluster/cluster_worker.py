"""One worker of the cluster, as the run sees it."""

from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
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
MOST_ANSWERS_AT_ONCE = 64
MOST_ERRORS = 3
GONE = "its worker ended or was stopped"
UNFINISHED = f"its worker did not finish it in {LONGEST_SECONDS:.0f} seconds"


class WorkerTrouble(Exception):
    """A picture that the worker did not draw, for a reason that is not the picture's."""


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
        self._threads = ThreadPoolExecutor(MOST_ANSWERS_AT_ONCE, "cluster")
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
        try:
            work = self._threads.submit(self._send_and_draw, packed, contents)
        except RuntimeError:
            raise WorkerTrouble(GONE) from None
        wait((work, self._loss), LONGEST_SECONDS, FIRST_COMPLETED)
        if not work.done():
            self.lose()
            raise WorkerTrouble(UNFINISHED)
        return self._drawing_of(work)

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

    def _send_and_draw(self, packed: PackedOrder, contents: dict[str, bytes]) -> Drawing:
        sent = [self._once(digest, contents[digest]) for digest in packed.digests]
        return self._executor.submit(draw_on_worker, packed, *sent).result()

    def _once(self, digest: str, content: bytes) -> SentContent:
        return self._sent.recall(digest, partial(self._send, content), lambda _: len(content))

    def _send(self, content: bytes) -> SentContent:
        (sent,) = self._client.scatter([content], workers=[self._address], direct=True, hash=False)
        return sent

    def _drawing_of(self, work: Future) -> Drawing:
        """The result, with every error but that of the picture as one of the worker."""
        error = CancelledError() if work.cancelled() else work.exception()
        if error is None:
            self._errors = 0
            return work.result()
        if isinstance(error, PictureError):
            raise error
        self._doubt()
        gone = isinstance(error, CancelledError)
        raise WorkerTrouble(GONE if gone else f"{type(error).__name__}: {error}") from error

    def _doubt(self) -> None:
        self.is_in_doubt = True
        self._errors += 1
        if self._errors >= MOST_ERRORS:
            self.lose()
