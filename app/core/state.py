"""What the leader does at this moment, shared with every worker through a mapped file."""

import json
import mmap
import os
import struct
import threading
import zlib
from pathlib import Path

HEADER = struct.Struct("<QII")  # version, length, checksum
CAPACITY = 256 * 1024
EMPTY = {"leader": None, "run": None, "scheduler": None, "problems": []}


class SharedState:
    """Sections of plain JSON values: one process publishes, any process reads without a system call.

    The room is set aside at the start, so that a full disk cannot stop a status from being told.
    """

    def __init__(self, path: Path | None):
        self.lock = threading.Lock()
        self.memory = mapped(path)
        self.seen: tuple[int, dict] = (-1, dict(EMPTY))

    def read(self) -> dict:
        """Answer all sections; the caller does not change them."""
        version = HEADER.unpack_from(self.memory)[0]
        if version != self.seen[0]:
            self.seen = self.parse() or self.seen
        return self.seen[1]

    def publish(self, **sections) -> None:
        """Replace the named sections."""
        with self.lock:
            known = self.parse() or self.seen
            body = json.dumps({**known[1], **sections}, separators=(",", ":")).encode()
            if len(body) > CAPACITY - HEADER.size:
                raise ValueError("The shared state is larger than its room.")
            self.write(known[0] + 1, body)

    def write(self, version: int, body: bytes) -> None:
        self.memory[HEADER.size : HEADER.size + len(body)] = body
        HEADER.pack_into(self.memory, 0, version, len(body), zlib.crc32(body))

    def parse(self) -> tuple[int, dict] | None:
        """Answer version and sections, or None while a writer is in the middle of it."""
        version, length, checksum = HEADER.unpack_from(self.memory)
        if length == 0 or length > CAPACITY - HEADER.size:
            return (version, dict(EMPTY)) if length == 0 else None
        body = bytes(self.memory[HEADER.size : HEADER.size + length])
        return (version, json.loads(body)) if zlib.crc32(body) == checksum else None


def mapped(path: Path | None) -> mmap.mmap:
    """Map the file, or private memory where the data folder cannot be written."""
    if path is None:
        return mmap.mmap(-1, CAPACITY)
    try:
        return mapped_file(path)
    except OSError:
        return mmap.mmap(-1, CAPACITY)


def mapped_file(path: Path) -> mmap.mmap:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(descriptor, 0, CAPACITY)
        return mmap.mmap(descriptor, CAPACITY)
    finally:
        os.close(descriptor)
