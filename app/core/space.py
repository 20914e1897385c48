"""How much of the disk the folders of the data folder take."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple


class UsedSpace(NamedTuple):
    """Bytes and number of files; not whole where the time for counting ended before."""

    size: int
    files: int
    is_whole: bool


def used_space(place: Path, seconds: float, clock: Callable[[], float] = time.monotonic) -> UsedSpace:
    """What a file or a folder takes, counted for so long at most; nothing where there is none."""
    end, waiting, size, files = clock() + seconds, [place], 0, 0
    while waiting and clock() < end:
        counted = count_entries(waiting.pop(), waiting)
        size, files = size + counted[0], files + counted[1]
    return UsedSpace(size, files, not waiting)


def count_entries(place: Path, folders: list[Path]) -> tuple[int, int]:
    """(bytes, files) of a file, or directly in a folder, whose own folders are added to the list."""
    try:
        if not place.is_dir():
            return place.stat().st_size, 1
        with os.scandir(place) as entries:
            return counted_files(entries, folders)
    except OSError:
        return 0, 0


def counted_files(entries: Iterable[os.DirEntry], folders: list[Path]) -> tuple[int, int]:
    sizes = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folders.append(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            sizes.append(entry.stat(follow_symlinks=False).st_size)
    return sum(sizes), len(sizes)
