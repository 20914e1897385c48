"""Follows a log as `tail -F` does: across rotation, truncation, and times when there is none."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.core.log_lines import BLOCK, decode_line, read_back, split_lines
from app.core.logs import file_identity, finished, part_to_send

MOST_READ = 128 * 1024
# A log that grows faster than it is sent is followed from nearer its end.
MOST_BEHIND = 4 * 1024 * 1024
BEGINNING = 64


class NewLines(NamedTuple):
    """The lines since the last look, without their ends, and how many bytes were left out before them."""

    lines: list[str]
    skipped: int = 0


NOTHING_NEW = NewLines([])


class LogTail:
    """Reads what is appended to a log after the first look; `locate` returns its path, None for none."""

    def __init__(self, locate: Callable[[], Path | None]):
        self.locate = locate
        self.file: BinaryIO | None = None
        self.identity = ""
        self.offset = 0
        self.beginning = b""
        self.has_begun = False

    def look(self) -> NewLines:
        """Read on, `MOST_READ` bytes at most; OSError where the log cannot be read."""
        if not self.has_begun:
            self.begin()
        found = self.read_on() if self.file else NOTHING_NEW
        if found.lines or not (path := self.locate()):
            return found
        try:
            return self.change_over(path, found)
        except FileNotFoundError:  # rotated at this moment
            return found

    def begin(self) -> None:
        if path := self.locate():
            self.open(path)
            self.offset = self.end_of_lines()
        self.has_begun = True

    def change_over(self, path: Path, found: NewLines) -> NewLines:
        """Go on with the file that has this path now, where it is another one."""
        if self.identity == file_identity(path.stat()):
            return found
        unfinished = self.unfinished_line() if self.file else []
        self.open(path)
        return NewLines([*unfinished, *self.read_on().lines], found.skipped)

    def open(self, path: Path) -> None:
        """Go on with this file, from its start."""
        self.close()
        self.file = path.open("rb", buffering=0)
        self.identity = file_identity(os.fstat(self.file.fileno()))
        self.offset, self.beginning = 0, b""

    def close(self) -> None:
        if self.file:
            self.file.close()
            self.file, self.identity = None, ""

    def end_of_lines(self) -> int:
        """Where the last line begins that has no end yet; it is sent as a whole."""
        size = self.size()
        start, data = read_back(self.file, size, 1, BLOCK)
        return start + len(finished(data)) if b"\n" in data else size

    def size(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def read_on(self) -> NewLines:
        size = self.size()
        if size < self.offset or not self.begins_as_before():
            self.offset, self.beginning = 0, b""
        skipped = self.catch_up(size)
        data = part_to_send(os.pread(self.file.fileno(), MOST_READ, self.offset), MOST_READ)
        self.offset += len(data)
        self.remember_beginning()
        return NewLines([decode_line(line).strip() for line in split_lines(data)], skipped)

    def begins_as_before(self) -> bool:
        """False for a log that was cut and has grown beyond where it was read to."""
        return os.pread(self.file.fileno(), len(self.beginning), 0) == self.beginning

    def remember_beginning(self) -> None:
        if len(self.beginning) < BEGINNING:
            self.beginning = os.pread(self.file.fileno(), min(BEGINNING, self.offset), 0)

    def catch_up(self, size: int) -> int:
        """The bytes left out, where the log is too far ahead."""
        if size - self.offset <= MOST_BEHIND:
            return 0
        start, data = read_back(self.file, size, None, BLOCK)
        before, self.offset = self.offset, start + data.find(b"\n") + 1
        return self.offset - before

    def unfinished_line(self) -> list[str]:
        """The last line of a file that nobody writes to any more."""
        data = os.pread(self.file.fileno(), MOST_READ, self.offset)
        return [decode_line(line).strip() for line in split_lines(data)]
