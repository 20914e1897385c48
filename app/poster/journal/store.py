"""The bytes of files that were replaced, by their SHA-256."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock

from app.poster.publish import write_whole

LOCKS = 16


FOLDER = re.compile(r"[0-9a-f]{2}")
NAME = re.compile(r"[0-9a-f]{64}")


class BytesMissing(OSError):
    """Bytes that the store does not have, or has no more as they were; its text is one sentence."""


@dataclass(frozen=True, slots=True)
class KeptBytes:
    """One file of the store: `size` in bytes, `kept_at` (aware) when its bytes were last kept."""

    sha256: str
    size: int
    kept_at: datetime


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

    def kept(self) -> list[KeptBytes]:
        """All files of the store."""
        if not self._folder.is_dir():
            return []
        folders = [entry.path for entry in os.scandir(self._folder) if FOLDER.fullmatch(entry.name)]
        return [kept_bytes(entry) for folder in folders for entry in os.scandir(folder) if is_kept(entry)]

    def remove(self, name: str) -> None:
        self._place(name).unlink(missing_ok=True)

    def set_aside(self, name: str) -> Path:
        """Move a damaged file out of the way; where it is now."""
        aside = self._folder / "damaged" / name
        aside.parent.mkdir(exist_ok=True)
        return self._place(name).replace(aside)

    def _is_whole(self, name: str, size: int) -> bool:
        place = self._place(name)
        return place.is_file() and place.stat().st_size == size

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name


def is_kept(entry: os.DirEntry) -> bool:
    """Whether it is a file of the store, and not what a killed run left beside one."""
    return bool(NAME.fullmatch(entry.name)) and entry.is_file(follow_symlinks=False)


def kept_bytes(entry: os.DirEntry) -> KeptBytes:
    facts = entry.stat(follow_symlinks=False)
    return KeptBytes(entry.name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hex, whatever its size."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
