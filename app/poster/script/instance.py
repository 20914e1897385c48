"""One script at a time per data folder, and the running file that marks it."""

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from app.poster.script.exits import AlreadyRunning

RUNNING_FILE = "Posterizarr.Running"
PREPARED_FILE = ".Posterizarr.Running.part"
LOCK_FILE = ".posterizarr.lock"
DYING = 2
# What file systems answer that know no second name for a file.
NO_LINKS = frozenset((errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK))


@contextmanager
def single_instance(temp: Path, word: str, force: bool = False) -> Iterator[None]:
    """Hold the running file, whose whole text is `word`, for the block; AlreadyRunning when it is taken.

    The running file is shared with scripts that know no kernel lock. It is left behind by a kill, so the
    locked file beside it records who made it; `force` removes one whose maker is unknown.
    """
    temp.mkdir(parents=True, exist_ok=True)
    running = temp / RUNNING_FILE
    with (temp / LOCK_FILE).open("a+b", buffering=0) as lock:
        hold(lock)
        if force or is_left_behind(running, lock):
            running.unlink(missing_ok=True)
        made = create(running, word, lock)
        try:
            yield
        finally:
            release(running, lock, made)


def hold(lock: BinaryIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunning from None


def create(running: Path, word: str, lock: BinaryIO) -> str:
    """Make the running file, which must not exist, and return its identity.

    The file is recorded before it takes its place, so that a kill in between leaves none that nobody made.
    """
    if running.exists():
        raise AlreadyRunning
    prepared = running.with_name(PREPARED_FILE)
    try:
        prepared.write_text(word)
        record(lock, identity(prepared))
        os.link(prepared, running)
    except FileExistsError:
        raise AlreadyRunning from None
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        prepared.replace(running)
    finally:
        prepared.unlink(missing_ok=True)
    return identity(running)


def identity(path: Path) -> str:
    """The identity of this file, distinct from a later one of its name; "" when there is no file."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return ""
    return f"{facts.st_ino}:{facts.st_mtime_ns}"


def record(lock: BinaryIO, made: str) -> None:
    note = {"pid": os.getpid(), "started": start_mark(os.getpid()), "running_file": made}
    lock.truncate(0)
    lock.write(json.dumps(note).encode())


def release(running: Path, lock: BinaryIO, made: str) -> None:
    """Remove the running file unless it has been replaced by somebody else's."""
    if identity(running) == made:
        running.unlink(missing_ok=True)
    lock.truncate(0)


def is_left_behind(running: Path, lock: BinaryIO) -> bool:
    """Whether the running file is the very one that a script of our kind made which is no longer alive."""
    lock.seek(0)
    try:
        note = json.loads(lock.read() or b"{}")
        maker, made, started = int(note["pid"]), note["running_file"], note["started"]
    except (ValueError, KeyError, TypeError):
        return False
    return made == identity(running) and is_gone(maker, started)


def is_gone(pid: int, started: str) -> bool:
    """Whether the process has ended, or does so within a moment.

    A dying process loses its lock a little before it loses its number. The number is asked all the same:
    there are network file systems on which every lock succeeds.
    """
    deadline = monotonic() + DYING
    while started and start_mark(pid) == started:
        if monotonic() > deadline:
            return False
        sleep(0.02)
    return True


def start_mark(pid: int) -> str:
    """The start of a process in ticks since boot, which no change of the clock moves; empty if it is gone."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if facts[0] in "ZX" else facts[19]
