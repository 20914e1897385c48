"""A JSON file that threads, processes and text editors change: cached, locked, replaced as a whole."""

import os
import stat
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NoReturn

from app.core.file_lock import held
from app.core.fingerprint import Fingerprint, fingerprint
from app.core.paths import remove_leftovers, replacing

# A file written twice within one tick of the file system's clock keeps its time stamp.
CLOCK_TICK_NS = 50_000_000

Values = dict[str, Any]


class JsonFile:
    """One file of one JSON object; `parse` makes its values of the bytes, or raises with the reason.

    Everyone who replaces the file holds `lock` meanwhile; a new file has the mode `mode`.
    """

    def __init__(self, path: Path, lock: Path, parse: Callable[[bytes], Values], mode: int = 0o600):
        self.path = Path(path)
        self.lock = lock
        self.parse = parse
        self.mode = mode
        self._cached: tuple[Fingerprint, Values] | None = None

    def current(self) -> Values:
        """The values in the file now, parsed again only if it changed; the caller must not change them."""
        # The clock comes first: whatever is written after it to a settled file gets another time stamp.
        now, seen = time.time_ns(), self.fingerprint()
        cached = self._cached
        if cached and cached[0] == seen:
            return cached[1]
        values = self.read()
        settled = seen and abs(now - seen.modified_ns) > CLOCK_TICK_NS
        # One assignment, so that another thread sees the old pair or the new one.
        self._cached = (seen, values) if seen and settled else None
        return values

    def read(self) -> Values:
        """The values in the file, parsed anew; OSError where it cannot be opened."""
        return self.parse(self.content())

    def content(self) -> bytes:
        return self.path.read_bytes()

    def fingerprint(self) -> Fingerprint | None:
        return fingerprint(self.path)

    def held(self) -> AbstractContextManager[None]:
        """Hold the lock against other threads and processes; `Unavailable` where that is not possible."""
        return held(self.lock, self.path.name)

    def replace(self, content: bytes) -> None:
        """Replace the content and keep the mode; OSError, and the file as it was, where it cannot be.

        Where the path is a link, what it points to is replaced and the link stays.
        """
        target = Path(os.path.realpath(self.path))
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        remove_leftovers(target.parent, target.name)
        with replacing(target, mode=self.mode) as file:
            file.write(content)
            if mode is not None:
                os.fchmod(file.fileno(), mode)


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python parses although JSON has no such values."""
    raise ValueError(f"{name} is not a JSON value")
