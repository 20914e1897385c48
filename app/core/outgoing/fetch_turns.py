"""How many pictures are fetched at once for people: a slow host must not take every thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.errors import Unavailable

BUSY = "Too many pictures are being fetched: try again in some seconds."


class FetchTurns:
    """Lets so many threads fetch at once; the others wait so many seconds, and then it is `Unavailable`."""

    def __init__(self, most: int, wait: float):
        self.free, self.wait = threading.BoundedSemaphore(most), wait

    @contextmanager
    def taken(self) -> Iterator[None]:
        if not self.free.acquire(timeout=self.wait):
            raise Unavailable(BUSY)
        try:
            yield
        finally:
            self.free.release()
