"""A count of a tree without an index, for the command line."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.assets.naming import KINDS, asset_kind, is_passed_over
from app.core.errors import NotFound


@dataclass
class Amount:
    """How many files, and their size in bytes."""

    files: int = 0
    size: int = 0

    def add(self, size: int) -> None:
        self.files += 1
        self.size += size


def count_assets(root: Path) -> dict[str, Amount]:
    """Count the images below a folder by kind, from what lies there now."""
    if not root.is_dir():
        raise NotFound(f"There is no folder {root}.")
    amounts = {kind: Amount() for kind in KINDS}
    for name, size in walk_images(root):
        amounts[asset_kind(name)].add(size)
    return amounts


def walk_images(root: Path) -> Iterator[tuple[str, int]]:
    """Name and size in bytes of every image; a file that is deleted meanwhile is left out."""
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if not is_passed_over(name)]
        for name in names:
            size = None if is_passed_over(name) or not asset_kind(name) else size_of(Path(folder, name))
            if size is not None:
                yield name, size


def size_of(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:
        return None
