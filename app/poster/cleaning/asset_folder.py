"""The pictures in the asset folder as they lie there, without what belongs to others."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.poster.cleaning.asset_names import SUFFIX, is_collection
from app.poster.folders import Folders

# Folders in which disks and file servers keep things of their own.
NOT_OURS = frozenset(("@eaDir", "#recycle", "#snapshot", "lost+found", "$RECYCLE.BIN"))


@dataclass
class AssetWalk:
    """One pass through the asset folder; `unread` are folders that the system refuses to read.

    `reserved` are absolute paths of folders that are not entered.
    """

    assets: Path
    reserved: Sequence[Path] = ()
    unread: list[str] = field(default_factory=list)
    _linked: list[str] = field(default_factory=list)

    def files(self, is_suspect: Callable[[str], bool]) -> list[str]:
        """The paths of pictures that are suspect, sorted; with "/" and relative to the asset folder.

        Links are not followed, and what a link inside the folder leads to is left out, since it is wanted
        under the link's name. Names that are no Unicode and the folder of the collections are left out too.
        """
        passed = {inside for path in self.reserved if (inside := self._inside(path)) is not None}
        found = sorted(path for path in self._walk("", passed) if is_suspect(path))
        return [path for path in found if not self._is_linked(path)]

    def _walk(self, folder: str, passed: set[str]) -> Iterator[str]:
        for entry in self._entries(folder):
            path = f"{folder}{entry.name}"
            if entry.is_symlink():
                self._note_link(path)
            elif entry.name.startswith(".") or entry.name in NOT_OURS or not is_unicode(path):
                continue
            elif entry.is_dir():
                if path not in passed and not is_collection(path):
                    yield from self._walk(f"{path}/", passed)
            elif path.endswith(SUFFIX):
                yield path

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.assets / folder) as entries:
                return list(entries)
        except FileNotFoundError:
            return []
        except OSError as error:
            self.unread.append(f"{error.filename} ({error.strerror})")
            return []

    def _note_link(self, path: str) -> None:
        if (target := self._inside(self.assets / path)) is not None:
            self._linked.append(target)

    def _inside(self, path: Path) -> str | None:
        """The path relative to the asset folder with all links followed, None where it lies elsewhere."""
        root, real = self.assets.resolve(), path.resolve()
        return real.relative_to(root).as_posix() if real.is_relative_to(root) else None

    def _is_linked(self, path: str) -> bool:
        targets = self._linked
        return any(target in (".", path) or path.startswith(f"{target}/") for target in targets)


def reserved_folders(folders: Folders) -> tuple[Path, ...]:
    """Folders with pictures that are no artwork of a library, wherever the user has put them."""
    return (
        *(folders.manual_assets, folders.backup, folders.overlays, folders.uploads, folders.test),
        *(folders.temp, folders.logs, folders.rotated_logs, folders.engine, folders.data / "demo"),
    )


def is_unicode(path: str) -> bool:
    try:
        return bool(path.encode())
    except UnicodeEncodeError:
        return False
