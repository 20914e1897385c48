"""Makes the system refuse something in one run of the script; called in that run's own process."""

import errno
import os
from pathlib import Path


def knows_no_sync_and_no_rights() -> None:
    """A network disk: it cannot sync, and nobody may change rights, owners, times or make links."""
    refuse(errno.EINVAL, "fsync", "fdatasync")
    refuse(errno.EPERM, "chmod", "fchmod", "chown", "fchown", "utime", "link", "symlink")


def loses_bytes_of_pictures() -> None:
    """The disk cannot be relied on for the bytes of new pictures, while everything else is written."""
    lose_pictures(errno.EIO)


def has_no_room_for_pictures() -> None:
    lose_pictures(errno.ENOSPC)


def refuse(number: int, *names: str) -> None:
    def refused(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    for name in names:
        setattr(os, name, refused)


def lose_pictures(number: int) -> None:
    really = os.fsync

    def fsync(descriptor: int) -> None:
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()).endswith(".jpg.part"):
            raise OSError(number, os.strerror(number))
        really(descriptor)

    os.fsync = fsync
