"""A file that changes with the API keys, so that every worker forgets what it remembers of them."""

from pathlib import Path

from app.core.paths import Paths


def stamp_path(paths: Paths) -> Path:
    return paths.database / "keys.stamp"


def renew(path: Path) -> None:
    """Change the file; to be called after the commit, else a worker may remember the old state."""
    with path.open("ab") as file:
        # The size grows, which shows even where the file system's clock is coarse.
        file.write(b".")
