"""One read of one folder on disk."""

import os
import stat
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from app.core.assets.naming import asset_kind, is_passed_over, is_storable

PART = 4000
# Some file systems count time in steps of two seconds: a later change can leave the same time behind.
SETTLED_NS = 2_000_000_000
LONGEST_PATH = 1000

# folder_id, name, kind, size, modified_ns, created: a tuple, because there are hundreds of thousands.
Image = tuple[int, str, str, int, int, float]


class ReadingRules(NamedTuple):
    """What is indexed: nothing outside of the base, which is resolved; links to folders if allowed."""

    base: Path
    follow_links: bool


class Below(NamedTuple):
    """A folder in a folder; linked if the way to it leads through a link."""

    name: str
    linked: bool


class Reading:
    """The images and folders in a folder, and what could not be read; OSError if there is none."""

    def __init__(self, rules: ReadingRules, path: str, folder_id: int, linked: bool):
        self.rules, self.path, self.folder_id, self.linked = rules, path, folder_id, linked
        # Before the entries: what changes from now on makes another time.
        self.status = os.stat(path)  # noqa: PTH116 - a Path a folder would cost more than the look
        if not stat.S_ISDIR(self.status.st_mode):
            raise NotADirectoryError(path)
        self.folders: list[Below] = []
        self.gone = False
        self.entries = self.bad_names = self.loops = self.ways_out = self.vanished = self.unreadable = 0

    @property
    def seen_ns(self) -> int:
        """The folder's time, or 0 where it is too recent or unreadable, so that it is read again."""
        age = abs(time.time_ns() - self.status.st_mtime_ns)
        return 0 if self.unreadable or age < SETTLED_NS else self.status.st_mtime_ns

    def parts(self) -> Iterator[list[Image]]:
        """Images, some thousand at a time; a folder that cannot be read ends early and says so."""
        try:
            with os.scandir(self.path) as entries:
                images = self.images(entries)
                while part := list(islice(images, PART)):
                    yield part
        except FileNotFoundError:
            self.vanished += 1
            self.gone = True
        except OSError:
            self.unreadable = 1

    def images(self, entries: Iterable[os.DirEntry]) -> Iterator[Image]:
        """The images among the entries; plain files are handled here, since nearly all are such."""
        for entry in entries:
            name = entry.name
            kind = asset_kind(name)
            if kind and name.isascii() and name[0] != "." and entry.is_file(follow_symlinks=False):
                self.entries += 1
                found = self.look_at(entry, kind, follow=False)
            else:
                found = self.take(entry)
            if found:
                yield found

    def take(self, entry: os.DirEntry) -> Image | None:
        name = entry.name
        if is_passed_over(name):
            return None
        self.entries += 1
        if entry.is_symlink():
            return self.take_link(entry)
        if entry.is_dir(follow_symlinks=False):
            self.take_folder(name, self.linked)
            return None
        kind = asset_kind(name)
        return self.take_image(entry, kind, follow=False) if kind else None

    def take_image(self, entry: os.DirEntry, kind: str, follow: bool) -> Image | None:
        if is_storable(entry.name):
            return self.look_at(entry, kind, follow)
        self.bad_names += 1
        return None

    def look_at(self, entry: os.DirEntry, kind: str, follow: bool) -> Image | None:
        try:
            status = entry.stat(follow_symlinks=follow)
        except FileNotFoundError:
            self.vanished += 1
            return None
        except OSError:
            self.unreadable = 1
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        return self.folder_id, entry.name, kind, status.st_size, status.st_mtime_ns, status.st_ctime

    def take_folder(self, name: str, linked: bool) -> None:
        if is_storable(name) and len(self.path) + len(name) < LONGEST_PATH:
            self.folders.append(Below(name, linked))
        else:
            self.bad_names += 1

    def take_link(self, entry: os.DirEntry) -> Image | None:
        """Index the target of a link, if that lies below the root."""
        try:
            target = Path(entry.path).resolve(strict=True)
        except FileNotFoundError:
            return None
        except (OSError, RuntimeError):
            self.loops += 1
            return None
        if target.is_dir():
            self.take_linked_folder(entry, target)
            return None
        kind = asset_kind(entry.name)
        within = target.is_relative_to(self.rules.base)
        return self.take_image(entry, kind, follow=True) if kind and within else None

    def take_linked_folder(self, entry: os.DirEntry, target: Path) -> None:
        """Links behind links are not followed: a few of them would make endless many paths."""
        if not target.is_relative_to(self.rules.base):
            self.ways_out += 1
        elif Path(self.path).resolve().is_relative_to(target):
            self.loops += 1
        elif self.rules.follow_links and not self.linked:
            self.take_folder(entry.name, linked=True)
