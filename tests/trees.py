"""Trees of artwork on disk, and the thread's work done at once."""

import os
from pathlib import Path

from app.indexer import Indexer


def make_image(folder: Path, path: str = "poster.jpg", content: bytes = b"image", **times) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def age(folder: Path, seconds: float = 60) -> None:
    """Make folders older than the time during which they are looked at again."""
    for path, _, _ in os.walk(folder):
        moment = os.stat(path).st_mtime - seconds
        os.utime(path, (moment, moment))


def index(machine) -> Indexer:
    """Scan all roots to the end, without watches."""
    indexer = Indexer(machine)
    while indexer.tick():
        pass
    for keeper in indexer.keepers:
        keeper.stop_watch()
    return indexer
