"""The watcher folder as it is: which trigger files lie there, and since when they are the same."""

import os
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from app.core.paths import Paths

EXTENSION = "posterizarr"
FAILED = "failed"
SETTLED_NS = 1_000_000_000
AT_ONCE = 500


def fingerprint(facts: os.stat_result) -> str:
    return f"{facts.st_ino}:{facts.st_size}:{facts.st_mtime_ns}"


def fingerprint_of(path: Path) -> str | None:
    try:
        return fingerprint(path.lstat())
    except OSError:
        return None


def is_trigger_name(name: str) -> bool:
    """As Start.ps1 chooses them; a name with a dot in front is a file that somebody is writing."""
    return EXTENSION in os.path.splitext(name)[1].lower() and not name.startswith(".")  # noqa: PTH122


def trigger_files(paths: Paths) -> dict[str, os.stat_result]:
    """All trigger files below the folder by their name relative to it; neither links nor dead letters."""
    return {name: facts for name, facts in walked(paths.watcher) if stat.S_ISREG(facts.st_mode)}


def walked(watcher: Path) -> Iterator[tuple[str, os.stat_result]]:
    for folder, folders, names in os.walk(watcher):
        place = Path(folder)
        if place == watcher:
            folders[:] = [name for name in folders if name != FAILED]
        for name in filter(is_trigger_name, names):
            yield from looked_at(watcher, place / name)


def looked_at(watcher: Path, path: Path) -> Iterator[tuple[str, os.stat_result]]:
    name = path.relative_to(watcher).as_posix()
    try:
        name.encode()
        yield name, path.lstat()
    except (OSError, UnicodeEncodeError):
        return  # somebody took it meanwhile, or no database can hold its name


class Watch:
    """Remembers the files that were dealt with, and tells of the others once nobody writes them any more."""

    def __init__(self, paths: Paths):
        self.paths = paths
        self.seen: dict[str, str] = {}
        self.dealt_with: dict[str, str] = {}

    def fresh(self, now_ns: int) -> dict[str, os.stat_result]:
        """Files that did not change since the last look, a few at once."""
        found = trigger_files(self.paths)
        before = self.seen
        self.seen = {name: fingerprint(facts) for name, facts in found.items()}
        self.dealt_with = {
            name: mark for name, mark in self.dealt_with.items() if self.seen.get(name) == mark
        }
        chosen = (name for name in sorted(found) if self.is_fresh(name, before, found[name], now_ns))
        return {name: found[name] for name in islice(chosen, AT_ONCE)}

    def is_fresh(self, name: str, before: dict[str, str], facts: os.stat_result, now_ns: int) -> bool:
        is_old = abs(now_ns - facts.st_mtime_ns) > SETTLED_NS
        return name not in self.dealt_with and before.get(name) == self.seen[name] and is_old

    def settle(self, names: Iterable[str]) -> None:
        self.dealt_with |= {name: self.seen[name] for name in names}
