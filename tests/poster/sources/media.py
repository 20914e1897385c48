"""Folders of media for tests: files by path, each with a little content."""

from pathlib import Path

from app.poster.kinds import Kind
from app.poster.sources.folder import FolderSource

ALL_KINDS = frozenset(Kind)


def lay_out(root: Path, *files: str) -> Path:
    """Make the files below `root`, each of one byte."""
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return root


def listed(root: Path, library: str = "", kinds=ALL_KINDS, notes=None):
    """All items of the source at `root`, or of one of its libraries."""
    source = FolderSource(root, note=notes.append if notes is not None else lambda text: None)
    libraries = [one for one in source.libraries() if library in ("", one.name)]
    return [item for one in libraries for item in source.items(one, kinds)]
