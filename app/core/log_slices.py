"""Parts of a log by byte offsets, in both directions, at a cost that does not grow with the log."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from app.core.access.redaction import redact
from app.core.log_entries import EntryLine, LineReader, log_moment
from app.core.log_lines import split_lines
from app.core.logs import file_identity, finished, open_log_file

BLOCK_BYTES = 256 * 1024
# How far apart the lines of a log are expected that have a level and a time.
LEVEL_BYTES = 64 * 1024
# What one answer looks through, and how many characters it brings.
MOST_SCANNED = 4 * 1024 * 1024
MOST_CHARACTERS = 512 * 1024
MOST_LINES_AT_ONCE = 500


@dataclass(frozen=True)
class SliceQuery:
    """Which lines are wanted: from an offset on, or before it; None is the end of the log.

    `is_near` says that the offset may lie within a line. `since` replaces the offset.
    """

    offset: int | None = None
    backward: bool = False
    limit: int = 100
    text: str = ""
    level: str = ""
    is_near: bool = False
    since: datetime | None = None


@dataclass
class FoundLines:
    """The lines that fit, and the part of the log that was looked through for them."""

    start: int
    end: int
    lines: list[dict[str, Any]] = field(default_factory=list)
    characters: int = 0

    def take(self, line: dict[str, Any] | None) -> None:
        if line:
            self.lines.append(line)
            self.characters += len(line["text"])

    def is_full(self, query: SliceQuery) -> bool:
        is_long = len(self.lines) >= query.limit or self.characters >= MOST_CHARACTERS
        return is_long or self.end - self.start >= MOST_SCANNED


def log_slice(path: Path, query: SliceQuery, reader: LineReader, identity: str | None = None) -> dict:
    """{lines, start, end, size, file_id, reset, unfinished}: what fits, and between which offsets it lies.

    All that fits between `start` and `end` is there, and the next slice goes on at one of them. `unfinished`
    is the last line of the log where it has no end yet; it lies behind `end`. A log that was cut, or has
    another identity than the given one, is read from its start, and `reset` is true.
    """
    with open_log_file(path) as file:
        facts = os.fstat(file.fileno())
        is_other = identity not in (None, file_identity(facts))
        reset = is_other or (query.offset or 0) > facts.st_size
        slicer = Slicer(file, facts.st_size, reader)
        found = slicer.find(replace(query, offset=0, backward=False) if reset else query)
    return {
        "lines": found.lines,
        "start": found.start,
        "end": found.end,
        "size": facts.st_size,
        "file_id": file_identity(facts),
        "reset": reset,
        "unfinished": slicer.unfinished if found.end == slicer.end else None,
    }


class Slicer:
    """Looks through one open log, whose whole lines end at `end`."""

    def __init__(self, file: BinaryIO, size: int, reader: LineReader):
        self.file, self.reader = file, reader
        self.end = self.end_of_whole_lines(size)
        self.unfinished = self.unfinished_line(size)

    def find(self, query: SliceQuery) -> FoundLines:
        offset = self.end if query.offset is None else min(query.offset, self.end)
        if query.since is not None:
            offset = self.offset_since(query.since)
        elif query.is_near:
            offset = self.line_start(offset)
        found = FoundLines(offset, offset)
        return self.look_back(found, query) if query.backward else self.look_on(found, query)

    def look_on(self, found: FoundLines, query: SliceQuery) -> FoundLines:
        for line in self.lines_from(found.end):
            found.end = line.end
            found.take(self.reader.shown(line))
            if found.is_full(query):
                break
        return found

    def look_back(self, found: FoundLines, query: SliceQuery) -> FoundLines:
        for line in self.lines_back_from(found.start):
            found.start = line.offset
            found.take(self.reader.shown(line))
            if found.is_full(query):
                break
        found.lines.reverse()
        return found

    def lines_from(self, offset: int) -> Iterator[EntryLine]:
        """The lines from an offset to the end; a log that is cut meanwhile ends earlier."""
        while offset < self.end and (lines := self.lines_at(offset)):
            yield from lines
            offset = lines[-1].end

    def lines_back_from(self, offset: int) -> Iterator[EntryLine]:
        """The lines from an offset back to the start, the last one first."""
        while offset > 0 and (lines := self.lines_before(offset)):
            yield from reversed(lines)
            offset = lines[0].offset

    def lines_at(self, offset: int) -> list[EntryLine]:
        """The whole lines from an offset on; one that is larger than a block comes in parts."""
        data = self.read(offset, min(BLOCK_BYTES, self.end - offset))
        return list(self.entries(offset, finished(data) or data)) if data else []

    def lines_before(self, offset: int) -> list[EntryLine]:
        start = max(0, offset - BLOCK_BYTES)
        data = self.read(start, offset - start)
        cut = data.find(b"\n", 0, len(data) - 1) + 1 if start > 0 else 0
        return list(self.entries(start + cut, data[cut:])) if data else []

    def entries(self, offset: int, data: bytes) -> Iterator[EntryLine]:
        level = "" if self.reader.level_of(data) else self.level_before(offset)
        if not self.reader.may_fit(data, level):
            yield EntryLine(offset, offset + len(data), None, level)
            return
        for line in split_lines(data):
            level = self.reader.level_of(line) or level
            yield EntryLine(offset, offset + len(line), line, level)
            offset += len(line)

    def level_before(self, offset: int) -> str:
        return self.reader.level_at_end(self.read_before(offset, LEVEL_BYTES))

    def line_start(self, offset: int) -> int:
        """Where the line begins that holds the byte; the offset itself within a line that is too long."""
        before = self.read_before(offset)
        start = offset - len(before)
        line = before.rfind(b"\n") + 1
        return start + line if line or start == 0 else offset

    def offset_since(self, moment: datetime) -> int:
        """The first line of that time or a later one, found by halves, for which times have to ascend."""
        low, high = 0, self.end
        while low < high:
            start = self.line_start((low + high) // 2)
            end = start + len(split_lines(self.read(start, min(BLOCK_BYTES, high - start)))[0])
            found = self.moment_at(start, end)
            if found and found >= moment:
                high = start
            else:
                low = end
        return low

    def moment_at(self, start: int, end: int) -> datetime | None:
        """The time of a line; that of a line without one is the time of the line before."""
        lines = split_lines(self.read_before(start, LEVEL_BYTES) + self.read(start, end - start))
        moments = (log_moment(line, self.reader.zone) for line in reversed(lines))
        return next(filter(None, moments), None)

    def end_of_whole_lines(self, size: int) -> int:
        start = max(0, size - BLOCK_BYTES)
        data = self.read(start, size - start)
        return start + len(finished(data)) if b"\n" in data or start == 0 else size

    def unfinished_line(self, size: int) -> dict[str, Any] | None:
        data = self.read(self.end, size - self.end)
        return self.reader.shown(next(self.entries(self.end, data))) if data else None

    def read_before(self, offset: int, most: int = BLOCK_BYTES) -> bytes:
        start = max(0, offset - most)
        return self.read(start, offset - start)

    def read(self, offset: int, length: int) -> bytes:
        return os.pread(self.file.fileno(), max(length, 0), offset)


def readable_log(path: Path, hidden: Iterable[str] = ()) -> Iterator[bytes]:
    """The whole log as it is now in pieces without secrets, to be stored as a file."""
    hidden = tuple(hidden)
    with open_log_file(path) as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0 and (data := file.read(min(BLOCK_BYTES, left))):
            data += file.readline(min(BLOCK_BYTES, left - len(data))) if len(data) < left else b""
            left -= len(data)
            yield redact(data.decode("utf-8", "surrogateescape"), hidden).encode("utf-8", "surrogateescape")
