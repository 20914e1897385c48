"""Undo: how many files a second it puts back or removes, with their present bytes in the store first."""

import tempfile
import time
from pathlib import Path

from tests.poster.undoing.benches import Installation

FILES = 1000
PICTURE = 300 * 1024


def measure() -> list[dict]:
    return [{"name": f"files/s that an undo puts back, of {FILES}", "value": undo_rate(), "target": 200}]


def undo_rate() -> float:
    """Half of the files are put back, the others removed; each is as large as a small poster."""
    with tempfile.TemporaryDirectory() as folder:
        place = Installation(Path(folder))
        paths = [f"Movies/Film {number} (2000)/poster.jpg" for number in range(FILES)]
        for path in paths[::2]:
            place.by_hand(path, path.encode().ljust(PICTURE, b"a"))
        with place.run() as run:
            for path in paths:
                run.make(path, path.encode().ljust(PICTURE, b"b"))
        begun = time.perf_counter()
        place.undo("1")
        return FILES / (time.perf_counter() - begun)
