"""Trigger files of a request: written durably to a staging folder, then moved to the watcher folder.

The move makes a trigger valid. A server that is killed before it leaves the file here, in a folder
that names the server's process, and the next check there undoes the request, which was never answered.
"""

import errno
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.core.paths import Paths, replacing
from app.core.processes import Identity, boot, identify

SEPARATOR = "~"


@dataclass(frozen=True)
class Staged:
    """One staged file, and its name in the watcher folder."""

    path: Path
    name: str


def process_folder(paths: Paths) -> Path:
    return folder_of(paths, os.getpid())


@lru_cache(maxsize=4)
def folder_of(paths: Paths, pid: int) -> Path:
    return paths.inbox / f"{pid}{SEPARATOR}{identify(pid).started}"


def stage(paths: Paths, parcel: str, name: str, content: bytes) -> Staged:
    """Write a staged file; it is on the disk when this returns, and deleted when this raises OSError."""
    path = process_folder(paths) / f"{parcel}{SEPARATOR}{name}"
    try:
        write_durably(path, content)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return Staged(path, name)


def write_durably(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(path, flags, 0o644)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, flags, 0o644)
    # No file object: each of its extra system calls lets other threads in between.
    try:
        while content:
            content = content[os.write(descriptor, content) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish_staged(paths: Paths, staged: Staged) -> None:
    """Move a staged file into the watcher folder."""
    target = paths.watcher / staged.name
    try:
        staged.path.rename(target)
    except FileNotFoundError:
        paths.watcher.mkdir(parents=True, exist_ok=True)
        staged.path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy_across(staged.path, target)


def copy_across(source: Path, target: Path) -> None:
    """Move between two file systems, where the watcher folder is mounted on its own."""
    with replacing(target) as file:
        file.write(source.read_bytes())
    source.unlink()


def discard(paths: Paths, staged: Staged) -> None:
    staged.path.unlink(missing_ok=True)
    (paths.watcher / staged.name).unlink(missing_ok=True)


@dataclass(frozen=True)
class Remains:
    """The files of one request of a process that ended; `kept` where it may have been answered."""

    parcel: str
    files: list[Staged]
    kept: bool


def remains(paths: Paths) -> list[Remains]:
    """The files of processes that ended; their empty folders are deleted."""
    found = []
    for folder in staging_folders(paths):
        process, _, started = folder.name.partition(SEPARATOR)
        if not process.isdigit() or not Identity(int(process), started).alive:
            found += remains_in(folder, may_be_answered(started))
    return found


def staging_folders(paths: Paths) -> list[Path]:
    try:
        return sorted(path for path in paths.inbox.iterdir() if path.is_dir())
    except FileNotFoundError:
        return []


def may_be_answered(started: str) -> bool:
    """Whether the machine was restarted since: only a loss of power can undo a move."""
    return not boot() or started.rpartition(":")[0] != boot()


def remains_in(folder: Path, kept: bool) -> list[Remains]:
    parcels: dict[str, list[Staged]] = {}
    for path in sorted(folder.iterdir()):
        parcel, _, name = path.name.partition(SEPARATOR)
        parcels.setdefault(parcel, []).append(Staged(path, name))
    if not parcels:
        folder.rmdir()
    return [Remains(parcel, files, kept) for parcel, files in parcels.items()]


def sync_directory(folder: Path) -> None:
    """Make the names in the folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
