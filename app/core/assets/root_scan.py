"""Updates the index of one root in slices of time, and makes changes visible."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from app.core.assets.batch import Numbers
from app.core.assets.changes import below, by_parent, known_folders, nearest_known
from app.core.assets.large_folder import large_folders, look_at_names
from app.core.assets.reading import ReadingRules
from app.core.assets.register import folder_ids, update_root, was_scanned
from app.core.assets.scan import Depth, Root, Scan
from app.core.assets.totals import publish_changes
from app.core.sessions import Sessions
from app.models.base import now

# How often all folders are read, also without a reported change.
DEEP_SECONDS = 3600.0
SLICE_SECONDS = 0.2
SHOWN_SECONDS = 1.0


class RootScan:
    """Scans one root; raises `RootLost` where the root is not what it was."""

    def __init__(self, database: Sessions, numbers: Numbers, root: Root, rules: ReadingRules):
        self.database, self.numbers, self.root, self.rules = database, numbers, root, rules
        self.scan: Scan | None = None
        self.steps: Iterator[None] = iter(())
        self.changed = False
        self.shown = 0.0

    @property
    def busy(self) -> bool:
        return self.scan is not None

    def begin(self, depth: Depth) -> None:
        """Begin a scan of the whole tree in place of the one that may be under way."""
        with self.database.reading() as session:
            start = folder_ids(session, self.root.id, [""])
        self.scan = self.new_scan(depth)
        self.steps = self.scan.steps(list(start.values()))
        self.changed, self.shown = False, time.monotonic()

    def new_scan(self, depth: Depth) -> Scan:
        return Scan(self.database, self.numbers, self.root, self.rules, depth)

    def advance(self) -> Scan | None:
        """Scan for a moment; the scan is returned when it has ended."""
        deadline = time.monotonic() + SLICE_SECONDS
        for _ in self.steps:
            self.show_now_and_then()
            if time.monotonic() > deadline:
                return None
        ended, self.scan = self.scan, None
        if ended:
            self.show_end(ended)
        return ended

    def show_now_and_then(self) -> None:
        if self.scan.touched and time.monotonic() - self.shown > SHOWN_SECONDS:
            self.show(self.scan)
            self.shown = time.monotonic()

    def show(self, scan: Scan) -> None:
        with self.database.writing() as session:
            publish_changes(session, self.root.id, scan.touched)
        scan.touched = set()
        self.changed = True

    def show_end(self, scan: Scan) -> None:
        """Record the end; a scan that found nothing new invalidates no cached response."""
        with self.database.writing() as session:
            if scan.touched or self.changed or not was_scanned(session, self.root.id):
                publish_changes(session, self.root.id, scanned_at=now())
            elif scan.depth is Depth.DEEP:
                update_root(session, self.root.id, scanned_at=now())

    def take_in(self, paths: Iterable[str]) -> bool:
        """Scan the parents of changed paths, and changed folders themselves; True if the index changed."""
        changed = below(self.root.path, paths)
        if not changed:
            return False
        named = by_parent(changed)
        with self.database.reading() as session:
            large = large_folders(session, self.root.id, named)
            holders = nearest_known(session, self.root.id, named.keys() - large.keys())
        is_new = self.look_at_large({path: named[path] for path in large}, large)
        is_new = self.look(Depth.SHALLOW, holders) or is_new
        with self.database.reading() as session:
            folders = known_folders(session, self.root.id, changed)
        return self.look(Depth.LIGHT, folders.values()) or is_new

    def look_at_large(self, named: dict[str, set[str]], rows: dict[str, Any]) -> bool:
        scan = self.new_scan(Depth.SHALLOW)
        for path, names in named.items():
            look_at_names(scan, rows[path], names)
        return self.show_found(scan)

    def look(self, depth: Depth, folder_ids: Iterable[int]) -> bool:
        scan = self.new_scan(depth)
        for _ in scan.steps(list(folder_ids)):
            pass
        return self.show_found(scan)

    def show_found(self, scan: Scan) -> bool:
        found = bool(scan.touched)
        if found:
            self.show(scan)
        return found
