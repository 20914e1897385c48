"""A log file that several processes append to and rotate.

concurrent-log-handler is not used: it writes every line under a lock that it waits for without a limit, so
that a process that hangs while it holds the lock stops all others, and on a full disk it prints a traceback
for each line.
"""

import logging
import os
from pathlib import Path

from filelock import FileLock, Timeout

BYTES = 5 * 1024 * 1024
KEPT = 3


class SharedLogFile(logging.Handler):
    """Appends whole lines; the first process that finds the file too large rotates it, the others reopen."""

    def __init__(self, path: Path, size: int = BYTES, kept: int = KEPT):
        super().__init__()
        self.path = path
        self.size = size
        self.kept = kept
        self.descriptor: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = f"{self.format(record)}\n".encode("utf-8", "backslashreplace")
            os.write(self.current(), line)
        except OSError:
            # Nothing is written while the disk is full; standard error still has the line.
            self.let_go()
        except (TypeError, ValueError):
            # A library's message that does not fit its own arguments.
            self.handleError(record)

    def close(self) -> None:
        self.let_go()
        super().close()

    def current(self) -> int:
        """The descriptor of the file that now bears the name."""
        if self.descriptor is not None and not self.is_current(self.descriptor):
            self.let_go()
        if self.descriptor is None:
            self.descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        if os.fstat(self.descriptor).st_size > self.size:
            self.turn_over()
        return self.descriptor

    def is_current(self, descriptor: int) -> bool:
        try:
            named = self.path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(named, os.fstat(descriptor))

    def turn_over(self) -> None:
        try:
            with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=0):
                if self.path.stat().st_size > self.size:
                    self.rename_all()
        except (Timeout, OSError):
            # Another process rotates it, or the folder cannot be changed: a long log is better than none.
            return
        self.let_go()
        self.descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)

    def rename_all(self) -> None:
        for number in range(self.kept - 1, 0, -1):
            older = self.numbered(number)
            if older.exists():
                older.replace(self.numbered(number + 1))
        self.path.replace(self.numbered(1))

    def numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")

    def let_go(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
