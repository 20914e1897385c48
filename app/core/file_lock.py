"""Files that several processes change, one after another."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.core.errors import Unavailable, reason_of

LOCK_SECONDS = 10


class TriedLock:
    """A lock that one process has until it releases it or dies; to try it never waits."""

    def __init__(self, path: Path):
        # What one thread of the process acquires, another one releases.
        self.lock = FileLock(path, timeout=0, thread_local=False)

    @property
    def is_ours(self) -> bool:
        return self.lock.is_locked

    def acquire(self) -> bool:
        """Whether the lock is ours from now on; OSError where it cannot be tried."""
        try:
            self.lock.acquire()
        except Timeout:
            return False
        return True

    def release(self) -> None:
        self.lock.release()


@contextmanager
def held(lock: Path, name: str) -> Iterator[None]:
    """Hold the lock of the file of that name; `Unavailable` where that is not possible."""
    file_lock = FileLock(lock, timeout=LOCK_SECONDS)
    try:
        file_lock.acquire()
    except Timeout as error:
        raise Unavailable(f"{name} is being changed by another process. Try again in a moment.") from error
    except OSError as error:
        raise Unavailable(f"{name} cannot be locked: {reason_of(error)}.") from error
    try:
        yield
    finally:
        file_lock.release()
