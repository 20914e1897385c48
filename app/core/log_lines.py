"""Lines of a growing log, read from its end, so that the cost does not grow with the log."""

import os
import re
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from app.core.access.redaction import redact
from app.core.fingerprint import fingerprint
from app.core.state_cache import StateCache

BLOCK = 64 * 1024
STATUS_LINES = 25
# Rulers and blank lines hold no information.
EMPTY_LINE = re.compile(r"[\s=_-]*|[=_]{5}.*")


def read_back(file: BinaryIO, size: int, lines: int | None, limit: int) -> tuple[int, bytes]:
    """(offset, bytes) of the end of a file: that many whole lines, or `limit` bytes."""
    blocks: list[bytes] = []
    start, ends = size, 0
    while start > max(0, size - limit) and (lines is None or ends <= lines):
        step = min(BLOCK, start - max(0, size - limit))
        start -= step
        file.seek(start)
        blocks.append(file.read(step))
        ends += blocks[-1].count(b"\n")
    return start, b"".join(reversed(blocks))


def split_lines(data: bytes) -> list[bytes]:
    """Split at line feeds alone, which stay; a log line may hold any other separator."""
    return BytesIO(data).readlines()


def decode_line(line: bytes) -> str:
    return line.decode("utf-8", "replace")


def whole_lines(start: int, data: bytes) -> list[bytes]:
    """Drop the rest of a line whose beginning was not read, unless there is nothing else."""
    lines = split_lines(data)
    return lines[1:] if start > 0 and len(lines) > 1 else lines


class LastLines:
    """The last lines with content of a log, read again only when the file has changed.

    `hidden` returns the secrets that they are shown without.
    """

    def __init__(self, hidden: Callable[[], Iterable[str]] = tuple) -> None:
        self.hidden = hidden
        self.cache = StateCache()

    def of(self, path: Path) -> list[str]:
        """At most 25 lines, oldest first; none where there is no such file."""
        seen = fingerprint(path)
        if seen is None:
            return []
        return self.cache.value(path, lambda: self.read(path), seen)

    def read(self, path: Path) -> list[str]:
        hidden = self.hidden()
        return [redact(line, hidden) for line in lines_with_content(path)]


def lines_with_content(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            start, data = read_back(file, os.fstat(file.fileno()).st_size, None, BLOCK)
    except OSError:
        return []
    stripped = (decode_line(line).strip() for line in whole_lines(start, data))
    return [line for line in stripped if not EMPTY_LINE.fullmatch(line)][-STATUS_LINES:]
