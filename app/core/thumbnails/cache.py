"""Thumbnails on disk: each is made once, and those that were not used for longest are deleted."""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.core.errors import NotFound, Unavailable, reason_of
from app.core.file_lock import TriedLock, held
from app.core.paths import replacing
from app.core.thumbnails.shrinking import MEDIA_TYPES, thumbnail_bytes

# Few, so that a picture has few thumbnails; any other width gets the next one.
WIDTHS = (160, 320, 480, 640, 960)
# Decoded at once in one process: each may take some hundred MiB.
DECODED_AT_ONCE = 2
LOCKS = 256
DAY = 86400
# The part of the cap that all processes together may fill between two prunings.
SHARE = 8

Draw = Callable[[BinaryIO, int, str], bytes]


class Thumbnail(NamedTuple):
    """A picture at one width in one encoding; the tag is another one after each change of the file."""

    picture: Path
    width: int
    encoding: str
    tag: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.encoding]


def nearest_width(width: int) -> int:
    """The smallest width that is no narrower, else the widest."""
    return next((known for known in WIDTHS if known >= width), WIDTHS[-1])


def thumbnail_of(picture: Path, width: int, encoding: str) -> Thumbnail:
    """The thumbnail as it is named before it is made; `NotFound` without the picture."""
    try:
        status = picture.stat()
    except OSError as error:
        raise NotFound("There is no such picture.") from error
    identity = status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    width = nearest_width(width)
    digest = blake2b(repr((os.fspath(picture), identity)).encode("utf-8", "replace"), digest_size=16)
    return Thumbnail(picture, width, encoding, f"{digest.hexdigest()}-{width}.{encoding.lower()}")


class Thumbnails:
    """The thumbnails in a folder, which `processes` processes share; they take `most_bytes` at most."""

    def __init__(self, folder: Path, most_bytes: int, processes: int = 1, draw: Draw = thumbnail_bytes):
        self.folder = folder
        self.kept_bytes = most_bytes - most_bytes // SHARE
        self.share = most_bytes // SHARE // processes
        self.draw = draw
        self.decoding = threading.BoundedSemaphore(DECODED_AT_ONCE)
        self.gate = threading.Lock()
        # Nobody knows what the processes before this one left, so that the first thumbnail prunes.
        self.made = self.share

    def content(self, thumbnail: Thumbnail) -> bytes:
        """The thumbnail, made now if it is not there; `Invalid` where its picture cannot be decoded."""
        place = self.folder / thumbnail.tag[:2] / thumbnail.tag
        found = stored_content(place)
        return self.built(thumbnail, place) if found is None else found

    def built(self, thumbnail: Thumbnail, place: Path) -> bytes:
        """Make it while all others who need it wait, in this process and in others."""
        make_folder(place.parent)
        number = int(thumbnail.tag[:8], 16) % LOCKS
        with held(self.folder / f"{number}.lock", "The thumbnail"):
            content = stored_content(place)
            if content is None:
                content = self.drawn(thumbnail)
                self.store(place, content)
        return content

    def drawn(self, thumbnail: Thumbnail) -> bytes:
        with self.decoding:
            try:
                with thumbnail.picture.open("rb") as file:
                    return self.draw(file, thumbnail.width, thumbnail.encoding)
            except FileNotFoundError as error:
                raise NotFound("There is no such picture.") from error
            except OSError as error:
                raise Unavailable(f"The picture cannot be read: {reason_of(error)}.") from error

    def store(self, place: Path, content: bytes) -> None:
        """Keep it; a disk without room does not prevent that it is shown."""
        try:
            with replacing(place) as file:
                file.write(content)
        except OSError:
            return
        with self.gate:
            self.made += len(content)
            is_due = self.made >= self.share
            self.made = 0 if is_due else self.made
        if is_due:
            self.prune()

    def prune(self) -> None:
        """Delete what was not used for longest, unless another process does so."""
        lock = TriedLock(self.folder / "prune.lock")
        if not lock.acquire():
            return
        try:
            delete_oldest(self.folder, self.kept_bytes)
        finally:
            lock.release()


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"Thumbnails cannot be stored: {reason_of(error)}.") from error


def stored_content(place: Path) -> bytes | None:
    """The file's content, None where there is no file; its time becomes that of the last day of use."""
    try:
        with place.open("rb") as file:
            if time.time() - os.fstat(file.fileno()).st_mtime > DAY:
                os.utime(place)
            return file.read() or None
    except OSError:
        return None


def delete_oldest(folder: Path, kept_bytes: int) -> None:
    found = sorted(stored_files(folder))
    surplus = sum(size for _, size, _ in found) - kept_bytes
    for _, size, path in found:
        if surplus <= 0:
            return
        # The thumbnail that was just made is shown, whether or not there is room for more.
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
            surplus -= size


def stored_files(folder: Path) -> Iterator[tuple[int, int, str]]:
    """(time of use in nanoseconds, bytes, path) of each file below the sub-folders.

    Folders that are there too are those of a storage device's own index, such as @eaDir.
    """
    for path in folder.glob("*/*"):
        with suppress(FileNotFoundError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                yield status.st_mtime_ns, status.st_size, str(path)
