"""Processes that draw, one for each core, and none before the first picture."""

import os
import signal
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from threading import Lock, Thread

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.applying.pool import PoolClosed
from app.poster.drawing.design import Drawing, PictureError

# A server process is forked once, before threads hold locks, and each drawing process is forked from it.
CONTEXT = get_context("forkserver")
TRIES = 2
SPARE_CALLERS = 3  # beyond the cores: these fetch while all cores draw


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


class DrawPool:
    """Draws orders in other processes; calls may come from any thread and wait for their picture."""

    def __init__(self, processes: int):
        self.callers = processes + SPARE_CALLERS
        self._processes = processes
        self._lock = Lock()
        self._is_closed = False
        self._executor = self._start()

    def draw(self, order: DrawOrder) -> Drawing:
        """The picture; PictureError where the source cannot be drawn, also where it ends the process.

        PoolClosed where the pool is closed before the picture is drawn.
        """
        for _ in range(TRIES):
            executor = self._executor
            try:
                return executor.submit(draw_order, order).result()
            except (BrokenProcessPool, CancelledError, RuntimeError) as error:
                if self._is_closed:
                    raise PoolClosed from error
                if not isinstance(error, BrokenProcessPool):
                    raise
                self._replace(executor)
        raise PictureError("the process that drew the picture ended, perhaps for want of memory")

    def close(self) -> None:
        """End the processes; a picture that is being drawn is given up."""
        self._is_closed = True
        for process in active_children():
            process.terminate()
        self._executor.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        CONTEXT.set_forkserver_preload(["app.poster.applying.draw_order"])
        return ProcessPoolExecutor(self._processes, CONTEXT, initializer=begin_process)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Start new processes once, however many threads see that the old ones are gone."""
        with self._lock:
            if self._executor is broken:
                self._executor = self._start()
        broken.shutdown(wait=False)


def begin_process() -> None:
    """A drawing process ends with the run, however that ends, and leaves signals of the terminal to it."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM, signal.SIGINT))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    wait([parent_process().sentinel])
    os._exit(1)
