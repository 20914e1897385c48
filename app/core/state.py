"""The present state of the leader, shared with every worker through a mapped file."""

import fcntl
import json
import math
import mmap
import os
import struct
import threading
import time
import weakref
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HEADER = struct.Struct("<QII")  # version, length, checksum
CAPACITY = 256 * 1024
SHARE_SECONDS = 2.0
LOCK_TRIES, LOCK_PAUSE = 100, 0.005
EMPTY = {"leader": None, "run": None, "scheduler": None, "problems": []}


class SharedState:
    """Sections of plain JSON values: processes publish one at a time, any reads without a system call.

    The space is allocated at the start, so that a full disk cannot prevent an update.
    """

    def __init__(self, path: Path | None):
        self.path = path
        self.lock = threading.Lock()
        self.memory = mmap.mmap(-1, CAPACITY)
        self.file: int | None = None
        self.seen: tuple[int, dict] = (-1, dict(EMPTY))
        self.share_due = 0.0 if path else math.inf
        self.said_alone: dict = {}
        with self.lock:
            self.share()

    def share(self) -> None:
        """Map the file where that is due; private memory is used until the data folder can be written."""
        if time.monotonic() < self.share_due or self.share_due == math.inf:
            return
        try:
            self.file, self.memory = mapped_file(self.path)
            weakref.finalize(self, os.close, self.file)
        except OSError:
            self.share_due = time.monotonic() + SHARE_SECONDS
            return
        self.share_due, self.seen = math.inf, (-1, dict(EMPTY))
        if self.said_alone:
            self.replace(self.said_alone)

    def read(self) -> dict:
        """All sections; the caller must not change them."""
        if self.share_due < math.inf:
            with self.lock:
                self.share()
        version = HEADER.unpack_from(self.memory)[0]
        if version != self.seen[0]:
            self.seen = self.parse() or self.seen
        return self.seen[1]

    def publish(self, **sections) -> None:
        """Replace the named sections."""
        with self.alone():
            self.publish_locked(sections)

    def change(self, section: str, function: Callable) -> bool:
        """Replace a section by the function's result, atomically among threads; True if it changed."""
        with self.alone():
            before = (self.parse() or self.seen)[1][section]
            after = function(before)
            if after != before:
                self.publish_locked({section: after})
            return after != before

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads and processes from changing the state, but wait for none that stands still."""
        with self.lock:
            self.share()
            is_locked = self.file is not None and lock_soon(self.file)
            try:
                yield
            finally:
                if is_locked:
                    fcntl.flock(self.file, fcntl.LOCK_UN)

    def publish_locked(self, sections: dict) -> None:
        self.replace(sections)
        if self.share_due < math.inf:
            self.said_alone |= sections

    def replace(self, sections: dict) -> None:
        known = self.parse() or self.seen
        body = json.dumps({**known[1], **sections}, separators=(",", ":")).encode()
        if len(body) > CAPACITY - HEADER.size:
            raise ValueError("The shared state is larger than its room.")
        self.write(known[0] + 1, body)

    def write(self, version: int, body: bytes) -> None:
        self.memory[HEADER.size : HEADER.size + len(body)] = body
        HEADER.pack_into(self.memory, 0, version, len(body), zlib.crc32(body))

    def parse(self) -> tuple[int, dict] | None:
        """(version, sections), or None while a writer is in the middle of it."""
        version, length, checksum = HEADER.unpack_from(self.memory)
        if length == 0 or length > CAPACITY - HEADER.size:
            return (version, dict(EMPTY)) if length == 0 else None
        body = bytes(self.memory[HEADER.size : HEADER.size + length])
        return (version, json.loads(body)) if zlib.crc32(body) == checksum else None


def mapped_file(path: Path) -> tuple[int, mmap.mmap]:
    """The open file, which is there to be locked, and its memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(descriptor, 0, CAPACITY)
        return descriptor, mmap.mmap(descriptor, CAPACITY)
    except OSError:
        os.close(descriptor)
        raise


def lock_soon(file: int) -> bool:
    """Whether the file could be locked within the time that a change of the state takes many times over."""
    for _ in range(LOCK_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(LOCK_PAUSE)
        else:
            return True
    return False
