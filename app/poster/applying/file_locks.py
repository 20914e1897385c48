"""Locks between processes: an edit by hand and a run never write the same file at the same time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

# So many files serve all paths; two paths with one lock only wait for each other.
LOCKS = 64
EDITS = "edits"
BETWEEN_TRIES = 0.02


class LockTaken(Exception):
    """Another process holds the lock for longer than can be waited for."""


@dataclass(frozen=True)
class FileLocks:
    """Locks in `folder`, which the system releases when their process ends, however it ends."""

    folder: Path

    @contextmanager
    def holding(self, *paths: str) -> Iterator[None]:
        """Hold the locks of these paths of the journal for the block; waits for each of them."""
        with ExitStack() as held:
            # In one order, so that two processes never wait for each other.
            for name in sorted(set(map(lock_name, paths))):
                held.enter_context(self._locked(name))
            yield

    @contextmanager
    def holding_edits(self, seconds: float | None = None) -> Iterator[None]:
        """Hold the lock that one edit at a time has; LockTaken when it is not free in that time."""
        with self._locked(EDITS, seconds):
            yield

    @contextmanager
    def _locked(self, name: str, seconds: float | None = None) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o664)
        try:
            take_lock(descriptor, seconds)
            yield
        finally:
            os.close(descriptor)


def lock_name(path: str) -> str:
    number = int.from_bytes(sha256(path.encode("utf-8", "surrogateescape")).digest()[:2])
    return f"{number % LOCKS:02}"


def take_lock(descriptor: int, seconds: float | None) -> None:
    """Take the lock of the open file, at the latest after so many seconds; None waits without end."""
    if seconds is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    deadline = monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if monotonic() > deadline:
                raise LockTaken("another edit is at work; try again when it has ended") from None
            sleep(BETWEEN_TRIES)
