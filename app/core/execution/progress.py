"""Reads logs as they grow, and the progress of a run from them."""

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

from app.core.execution.outcome import LOG_LINE, plain_message
from app.core.fingerprint import Fingerprint

BYTES_A_LOOK = 1024 * 1024
LONGEST_LINE = 64 * 1024
TAIL_BYTES = 64 * 1024
TAIL_LINES = 300
STEP = re.compile(r"(?P<verb>[^\W\d][\w /-]{0,60}?) (?P<done>\d{1,9}) of (?P<total>\d{1,9})\b")
LONGEST_PHASE = 200


class LogFollower:
    """Reads what was added to a file, also when it is replaced or cut; a bounded piece at a time."""

    def __init__(self, path: Path, before: Fingerprint | None = None):
        self.path = path
        self.inode, self.offset = (before.inode, before.size) if before else (None, 0)
        self.start = self.offset
        self.rest = b""

    def lines(self) -> list[str]:
        """The whole lines that are new; of a flood only the last."""
        added = self.added()
        *whole, self.rest = (self.rest + added).split(b"\n")
        if len(self.rest) > LONGEST_LINE:
            whole, self.rest = [*whole, self.rest[:LONGEST_LINE]], b""
        return [line[:LONGEST_LINE].decode("utf-8", "replace").rstrip("\r") for line in whole]

    def added(self) -> bytes:
        with regular_file(self.path) as file:
            if file is None:
                return b""
            size = self.recognize(os.fstat(file.fileno()))
            if size - self.offset > BYTES_A_LOOK:
                self.offset, self.rest = size - BYTES_A_LOOK, b""
            file.seek(self.offset)
            content = file.read(BYTES_A_LOOK)
            self.offset += len(content)
            return content

    def recognize(self, facts: os.stat_result) -> int:
        """Start over where the file is another one, or was cut; return its size."""
        if facts.st_ino != self.inode or facts.st_size < self.offset:
            self.inode, self.offset, self.start, self.rest = facts.st_ino, 0, 0, b""
        return facts.st_size

    def tail(self) -> tuple[str, ...]:
        """The last lines that this run wrote."""
        with regular_file(self.path) as file:
            if file is None:
                return ()
            size = self.recognize(os.fstat(file.fileno()))
            file.seek(max(self.start, size - TAIL_BYTES))
            lines = file.read(TAIL_BYTES).decode("utf-8", "replace").splitlines()
        return tuple(lines[-TAIL_LINES:])


@contextmanager
def regular_file(path: Path) -> Iterator[FileIO | None]:
    """The file opened for reading, None where there is none; a pipe in its place does not block."""
    try:
        file = FileIO(path, opener=open_at_once)
    except OSError:
        yield None
        return
    with file:
        yield file if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


class Progress:
    """Phase and counts, the total only where the script writes one."""

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.phase = ""
        self.done: int | None = None
        self.total: int | None = None
        self.counts = {"images": 0, "warnings": 0, "errors": 0}
        self.stepped_at: tuple[float, int] | None = None

    def take(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.take_line(line)

    def take_line(self, line: str) -> None:
        match = LOG_LINE.match(line)
        if not match:
            return
        message = match["message"]
        self.count(match["level"], message)
        if " of " in message and (step := STEP.search(message)):
            self.step(step)
        elif is_phase(message):
            self.begin(plain_message(line))

    def count(self, level: str, message: str) -> None:
        self.counts["errors"] += level == "ERROR"
        self.counts["warnings"] += level == "WARNING"
        self.counts["images"] += "Added: " in message

    def begin(self, phase: str) -> None:
        """Begin a new phase, whose total is not known yet."""
        self.phase = phase[:LONGEST_PHASE]
        self.done = self.total = self.stepped_at = None

    def step(self, step: re.Match[str]) -> None:
        verb, done, total = step["verb"].strip(), int(step["done"]), int(step["total"])
        if done > total:
            return
        # A total that grows while a library is listed does not end the series, and its pace stays known.
        if verb != self.phase or self.stepped_at is None or done < self.stepped_at[1]:
            self.stepped_at = (self.clock(), done)
        self.phase, self.done, self.total = verb, done, total

    def facts(self) -> dict[str, Any]:
        return {
            "phase": self.phase,
            "done": self.done,
            "total": self.total,
            "percent": self.percent(),
            "seconds_left": self.seconds_left(),
            "counts": dict(self.counts),
        }

    @property
    def has_worked(self) -> bool:
        """Whether pictures were made or counted."""
        return self.done is not None or self.counts["images"] > 0

    def percent(self) -> float | None:
        return round(100 * self.done / self.total, 1) if self.total and self.done is not None else None

    def seconds_left(self) -> float | None:
        """Time left at the pace so far, None before there is one."""
        if not self.total or self.done is None or self.stepped_at is None:
            return None
        since, first = self.stepped_at
        steps = self.done - first
        return round((self.clock() - since) / steps * (self.total - self.done), 1) if steps > 0 else None


def is_phase(message: str) -> bool:
    """Whether a message opens a part of the work: not indented, and it announces more."""
    return not message.startswith("   ") and message.rstrip().endswith("...") and "Exiting" not in message
