"""The bytes of files that were replaced, by their SHA-256."""

import os
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock

from app.poster.publish import write_whole

LOCKS = 16


class BytesMissing(OSError):
    """Bytes that the store does not have, or has no more as they were; its text is one sentence."""


class ByteStore:
    """Files below `folder`, each named by the SHA-256 of its content; calls come from any thread."""

    def __init__(self, folder: Path):
        self._folder = folder
        # Equal bytes have the same lock, so that they are written once.
        self._locks = [Lock() for _ in range(LOCKS)]

    def keep(self, path: Path) -> str:
        """Store a copy of the file's bytes, on the disk when this returns; the SHA-256 in hex."""
        return self.keep_bytes(path.read_bytes())

    def keep_bytes(self, content: bytes) -> str:
        """Store the bytes, on the disk when this returns; the SHA-256 in hex.

        Bytes that are there already become as young as new ones.
        """
        name = sha256(content).hexdigest()
        with self._locks[int(name[:2], 16) % LOCKS]:
            if self._is_whole(name, len(content)):
                os.utime(self._place(name))
            else:
                write_whole(self._place(name), content)
        return name

    def has(self, name: str) -> bool:
        """Whether the store has bytes of that SHA-256; that they are whole is found out by `read`."""
        return bool(name) and self._place(name).is_file()

    def read(self, name: str) -> bytes:
        """The bytes of that SHA-256; BytesMissing where they are gone or damaged."""
        try:
            content = self._place(name).read_bytes()
        except FileNotFoundError:
            raise BytesMissing(f"the store has no bytes {name}") from None
        if sha256(content).hexdigest() != name:
            raise BytesMissing(f"the bytes {name} in the store are damaged")
        return content

    def _is_whole(self, name: str, size: int) -> bool:
        place = self._place(name)
        return place.is_file() and place.stat().st_size == size

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hex, whatever its size."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
