"""The log of a run: lines of the script contract, in the file and on standard output."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

# Above WARNING, so that the quietest log level keeps it, while the line says INFO as readers expect.
SUMMARY = 35
LEVELS = {1: logging.WARNING, 2: logging.INFO, 3: logging.DEBUG}
LEVEL_WORDS = {SUMMARY: "INFO"}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
STANDARD_OUTPUT = 1


class RunLog(logging.Logger):
    """Writes one line per call; every line is on the disk when the call returns."""

    def summary(self, text: str) -> None:
        """A line that no log level hides."""
        self.log(SUMMARY, text, stacklevel=2)

    def detail(self, level: int, text: str) -> None:
        """An indented line that belongs to the one before."""
        self.log(level, text, extra={"is_detail": True}, stacklevel=2)

    def failure(self, text: str) -> None:
        """An error with the marker by which readers find it."""
        self.error("[ERROR-HERE] %s", text, stacklevel=2)


class ContractLine(logging.Formatter):
    """`[time] [LEVEL]   |L.<line>| message`, in local time; a message cannot begin a second line."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).strftime("%Y-%m-%d %H:%M:%S")
        level = f"[{LEVEL_WORDS.get(record.levelno, record.levelname)}]"
        indent = "      " if hasattr(record, "is_detail") else " "
        message = CONTROL.sub(" ", record.getMessage())
        return f"[{time}] {level:<10}{f'|L.{record.lineno}':<7}|{indent}{message}"


class LogFile(logging.Handler):
    """Appends to a file; a full disk is the caller's to know, so errors are raised."""

    def __init__(self, path: Path):
        super().__init__()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab", buffering=0)

    def emit(self, record: logging.LogRecord) -> None:
        self._file.write(encode(self.format(record)))

    def close(self) -> None:
        self._file.close()
        super().close()


class Console(logging.Handler):
    """Repeats the lines on standard output, which may be closed without harm."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            os.write(STANDARD_OUTPUT, encode(self.format(record)))


def encode(line: str) -> bytes:
    return f"{line}\n".encode("utf-8", "backslashreplace")


@contextmanager
def open_log(path: Path, level: int) -> Iterator[RunLog]:
    """A log at the user's level: 1 warnings and errors, 2 also information, 3 everything."""
    log = RunLog("poster", LEVELS[level])
    for handler in (LogFile(path), Console()):
        handler.setFormatter(ContractLine())
        log.addHandler(handler)
    try:
        yield log
    finally:
        for handler in log.handlers:
            handler.close()
