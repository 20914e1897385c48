"""Made trees of artwork: five libraries, nine images of ten title cards."""

import os
from pathlib import Path

MOVIES = ("Movies", "4K Movies")
SHOWS = ("TV Shows", "Anime Shows", "Kids Shows")
FILM = ("poster.jpg", "background.jpg")
SHOW = (
    "poster.jpg",
    "background.jpg",
    *(f"Season{season:02}.jpg" for season in range(1, 4)),
    *(f"S{season:02}E{episode:02}.jpg" for season in range(1, 4) for episode in range(1, 21)),
)
CONTENT = b"\xff\xd8 a poster, for who only counts them \xff\xd9"


def make_tree(root: Path, files: int) -> int:
    """Make at least so many files; the number made is answered."""
    made = number = 0
    while made < files:
        made += fill(root / folder_of(number), FILM if number % 3 == 0 else SHOW)
        number += 1
    return made


def folder_of(number: int) -> str:
    """The folder of an item of such a tree, below its root."""
    libraries = MOVIES if number % 3 == 0 else SHOWS
    return f"{libraries[number // 3 % len(libraries)]}/Title {number:06} (2001) [tvdb-{number}]"


def fill(folder: Path, names: tuple[str, ...]) -> int:
    folder.mkdir(parents=True)
    for name in names:
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, CONTENT)
        os.close(descriptor)
    return len(names)


def raw_walk(root: str) -> tuple[int, int]:
    """The least that a walk has to do: list every folder, and ask for the size of every file."""
    files = size = 0
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below = raw_walk(entry.path)
                files, size = files + below[0], size + below[1]
            else:
                files, size = files + 1, size + entry.stat(follow_symlinks=False).st_size
    return files, size
