"""Where the workers of one server put their counters, so that any of them can add them up.

Each server has a folder of its own below `runs/metrics`: a second one on the same data folder, or a new
master beside the old one, counts for itself and deletes nothing of the first. A folder is in use for as long
as a process holds its lock, which workers inherit from the master; no pid is compared, since two containers
with one data folder do not see each other's.
"""

import fcntl
import os
import secrets
import shutil
from pathlib import Path

from app.config import share_metrics, shared_metrics
from app.core.file_lock import held
from app.core.paths import Paths

LOCK = "lock"


def choose_folder(paths: Paths) -> None:
    """Choose a folder for this server and set it for the metrics library; nothing is created yet."""
    share_metrics(paths.metrics / secrets.token_hex(8))


def take_folder(paths: Paths) -> None:
    """Create the chosen folder, for this process and those made from it, and delete what servers left."""
    folder = shared_metrics()
    paths.metrics.mkdir(parents=True, exist_ok=True)
    # Between its creation and its lock a folder looks like one that a server left.
    with held(paths.database / "metrics.lock", "The folder of metrics"):
        for left in paths.metrics.iterdir():
            delete_unused(left)
        folder.mkdir()
        lock(folder)


def lock(folder: Path) -> int | None:
    """The descriptor that holds the lock of the folder; None where another process uses it."""
    # No object with a finalizer: the first worker that ends would unlock it for the master too.
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def delete_unused(left: Path) -> None:
    """Delete a folder that no process has locked, or a file of a version that had no folders."""
    if not left.is_dir():
        left.unlink(missing_ok=True)
    elif (descriptor := lock(left)) is not None:
        shutil.rmtree(left, ignore_errors=True)
        os.close(descriptor)
