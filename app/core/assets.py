"""What lies in a folder of artwork, told by the names that the poster script gives its files."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.core.errors import NotFound

IMAGES = (".jpg", ".jpeg", ".png", ".webp")
# Synology keeps thumbnails of its own in folders of this name.
FOREIGN_FOLDER = "@eaDir"
KINDS = {
    "background": re.compile(r"(?:.*_)?background", re.DOTALL),
    "season": re.compile(r"(?:.*_)?season\d+", re.DOTALL),
    "title card": re.compile(r"(?:.*_)?s\d+e\d+", re.DOTALL),
}


@dataclass
class Amount:
    """How many files, and their size in bytes."""

    files: int = 0
    size: int = 0

    def add(self, size: int) -> None:
        self.files += 1
        self.size += size


def kind_of(name: str) -> str | None:
    """Whether a file is a background, a season, a title card or a poster; None if it is no image."""
    path = PurePath(name.lower())
    if path.suffix not in IMAGES:
        return None
    return next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(path.stem)), "poster")


def count_assets(root: Path) -> dict[str, Amount]:
    """Count the images below a folder by kind, from what lies there now."""
    if not root.is_dir():
        raise NotFound(f"There is no folder {root}.")
    amounts = {kind: Amount() for kind in ("poster", *KINDS)}
    for name, size in images(root):
        amounts[kind_of(name)].add(size)
    return amounts


def images(root: Path) -> Iterator[tuple[str, int]]:
    """Name and size in bytes of every image; a file that goes while we look is left out."""
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name != FOREIGN_FOLDER]
        for name in filter(kind_of, names):
            size = size_of(Path(folder, name))
            if size is not None:
                yield name, size


def size_of(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:
        return None
