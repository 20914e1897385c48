"""Files that others read appear whole or not at all."""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# What file systems answer that cannot sync at all; everything else means that bytes may be lost.
NO_SYNC = frozenset((errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM, errno.EBADF))

NEW_FILE = 0o664


def write_whole(target: Path, content: bytes) -> os.stat_result:
    """Put the content in place of `target`; a reader sees the old file or the new one, also after a crash.

    The facts of the new file are returned. Where the disk refuses, no folder is left that was made for it.
    """
    made = [folder for folder in target.parents if not folder.exists()]
    try:
        facts = write_in_folder(target, content)
    except OSError:
        remove_empty(made)
        raise
    sync_folder(target.parent)
    return facts


def write_in_folder(target: Path, content: bytes) -> os.stat_result:
    """Write the file into its folder, which is made, once more where somebody removes it meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        return write_beside(target, content)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        return write_beside(target, content)


def write_beside(target: Path, content: bytes) -> os.stat_result:
    beside = begun_file(target)
    try:
        facts = write_synced(beside, content)
        beside.replace(target)
    except OSError as error:
        error.filename = error.filename or str(target)
        raise
    finally:
        beside.unlink(missing_ok=True)
    return facts


def begun_file(target: Path) -> Path:
    """Under which name the content of `target` is written before it takes its place."""
    return target.with_name(f".{target.name}.part")


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove those of the folders that hold nothing; the innermost come first."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def write_synced(path: Path, content: bytes) -> os.stat_result:
    # What a killed run left, or a link that was laid in the way, is not written through.
    path.unlink(missing_ok=True)
    with open(path, "xb", opener=open_for_group) as file:
        file.write(content)
        file.flush()
        sync_bytes(file.fileno())
        return os.fstat(file.fileno())


def open_for_group(path: str, flags: int) -> int:
    """A new file that the folder's group may write, as far as the umask allows."""
    return os.open(path, flags, NEW_FILE)


def sync_bytes(descriptor: int) -> None:
    """Have the bytes on the disk; OSError where they may be lost, nothing where the disk knows no sync."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise


def sync_folder(folder: Path) -> None:
    """Have a rename on the disk where the file system can; the file itself is whole without it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
