"""The identity of one version of a file, without reading it."""

import os
from pathlib import Path
from typing import NamedTuple


class Fingerprint(NamedTuple):
    """Changes whenever the file does; two writes within one tick of the file system's clock look alike."""

    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Fingerprint":
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


def fingerprint(path: Path | None) -> Fingerprint | None:
    """The fingerprint of the file as it is now; None when there is no file."""
    try:
        return Fingerprint.of(path.stat()) if path else None
    except OSError:
        return None
