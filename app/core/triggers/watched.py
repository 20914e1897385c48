"""The watcher folder: its trigger files, and since when they are unchanged."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from app.core.paths import Paths

EXTENSION = "posterizarr"
FAILED = "failed"
SETTLED_NS = 1_000_000_000
AT_ONCE = 500


def fingerprint_text(facts: os.stat_result) -> str:
    return f"{facts.st_ino}:{facts.st_size}:{facts.st_mtime_ns}"


def fingerprint_of(path: Path) -> str | None:
    try:
        return fingerprint_text(path.lstat())
    except OSError:
        return None


def is_trigger_name(name: str) -> bool:
    """Whether Start.ps1 would read it; a name with a dot in front is a file that is being written."""
    return EXTENSION in name.rpartition(".")[2].lower() and not name.startswith(".") and "." in name


def trigger_files(paths: Paths) -> Iterator[tuple[str, os.DirEntry]]:
    """All trigger files below the folder by their relative name, without links and failed ones."""
    # There may be thousands, so no Path is made of any; and folders in folders without end exhaust no stack.
    folders = [("", str(paths.watcher))]
    while folders:
        prefix, folder = folders.pop()
        found = [(prefix + entry.name, entry) for entry in folder_entries(folder)]
        folders += [(f"{name}/", entry.path) for name, entry in found if is_looked_through(name, entry)]
        yield from ((name, entry) for name, entry in found if is_trigger_file(entry))


def is_looked_through(name: str, entry: os.DirEntry) -> bool:
    return entry.is_dir(follow_symlinks=False) and name != FAILED


def is_trigger_file(entry: os.DirEntry) -> bool:
    return is_trigger_name(entry.name) and entry.is_file(follow_symlinks=False)


def folder_entries(folder: str) -> list[os.DirEntry]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def file_status(name: str, entry: os.DirEntry) -> os.stat_result | None:
    """The status of a file; None where it was deleted meanwhile, or no database can hold its name."""
    try:
        name.encode()
        return entry.stat(follow_symlinks=False)
    except (OSError, UnicodeEncodeError):
        return None


class FolderWatch:
    """Stores which files were handled, and returns the others once they no longer change."""

    def __init__(self, paths: Paths):
        self.paths = paths
        self.seen: dict[str, str] = {}
        self.dealt_with: dict[str, str] = {}
        # Files of ours do not change, so that a check need not read their size and time.
        self.ours: set[str] = set()

    def fresh(self, now_ns: int) -> dict[str, os.stat_result]:
        """Files that did not change since the last look, a few at once."""
        before = self.seen
        found = dict(trigger_files(self.paths))
        self.ours &= found.keys()
        stated = ((name, file_status(name, entry)) for name, entry in found.items() if name not in self.ours)
        facts = {name: status for name, status in stated if status}
        self.seen = {name: fingerprint_text(status) for name, status in facts.items()}
        self.dealt_with = {
            name: mark for name, mark in self.dealt_with.items() if self.seen.get(name) == mark
        }
        chosen = (name for name in sorted(facts) if self.is_fresh(name, before, facts[name], now_ns))
        return {name: facts[name] for name in islice(chosen, AT_ONCE)}

    def is_fresh(self, name: str, before: dict[str, str], facts: os.stat_result, now_ns: int) -> bool:
        is_old = abs(now_ns - facts.st_mtime_ns) > SETTLED_NS
        return name not in self.dealt_with and before.get(name) == self.seen[name] and is_old

    def settle(self, names: Iterable[str], ours: Iterable[str] = ()) -> None:
        """Mark files as handled; those of other programs are returned again when they have changed."""
        self.dealt_with |= {name: self.seen[name] for name in names}
        self.ours |= set(ours)
