"""Keeps the index of one root up to date: scans it when needed, and applies the changes that are reported."""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.asset_watch import AssetWatch
from app.core.assets import register
from app.core.assets.batch import Numbers
from app.core.assets.file_systems import may_change_unnoticed
from app.core.assets.naming import asset_kind, is_passed_over
from app.core.assets.reading import ReadingRules
from app.core.assets.root_scan import DEEP_SECONDS, RootScan
from app.core.assets.roots import PLACES
from app.core.assets.scan import Depth, Root, RootLost, Scan, identity_of
from app.core.assets.troubles import troubled_folders, troubles
from app.core.errors import ConfigUnreadable
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

LEAST_POLL_SECONDS = 1.0
# Polling takes a tenth of the time at most.
POLL_SHARE = 10.0
REST_SECONDS = 10.0
MISSING_SECONDS = 1.0
# The operating system drops some of too many changes at once, and a watch does not report that.
BURST = 1000
CALM_SECONDS = 0.3
# How long the rows of a root are kept while its disk is away.
GRACE = timedelta(days=1)


class RootIndexer:
    """Works in the thread that calls `tick`; only `receive` is called by others."""

    def __init__(self, machine: Machine, name: str, numbers: Numbers, ring: Callable[[], None]):
        self.machine, self.name, self.numbers, self.ring = machine, name, numbers, ring
        self.path: Path | None = None
        self.root_scan: RootScan | None = None
        self.watch: AssetWatch | None = None
        self.received: list[Iterable[str]] = []
        self.due: dict[Depth, float] = {}
        self.rests_until = self.begun = self.seconds = self.burst = 0.0
        self.shared = self.missing = self.unwatchable = False
        self.counts: dict[str, int] = {}
        self.vanished = 0

    @property
    def scanning(self) -> bool:
        return self.root_scan is not None and self.root_scan.busy

    @property
    def polls(self) -> bool:
        """Whether changes can happen that no watch reports."""
        return self.shared or self.unwatchable or self.would_mislead

    @property
    def would_mislead(self) -> bool:
        # A watch follows every link, and one that leads out may lead to a whole disk. It also goes no further
        # than the first folder that it may not read.
        return bool(self.counts.get("ways_out") or self.counts.get("unreadable"))

    @property
    def setting(self) -> str:
        return PLACES[self.name].setting

    def troubles(self) -> dict[str, int]:
        """{kind of trouble: count}, without zeros."""
        passing = {
            "missing": int(self.missing),
            "unwatchable": int(self.unwatchable),
            "vanished": self.vanished,
        }
        return self.counts | {name: count for name, count in passing.items() if count}

    def receive(self, paths: Iterable[str]) -> None:
        self.received.append(paths)
        self.ring()

    def look(self, depth: Depth) -> None:
        """Scan as soon as the scan that may be under way has ended."""
        self.due[depth] = time.monotonic()

    def tick(self) -> bool:
        """Work for a moment; True where there is more to do at once."""
        if time.monotonic() < self.rests_until:
            return False
        try:
            return self.stands() and self.work()
        except RootLost:
            log.warning("asset_root_lost", root=self.name, path=str(self.path))
            self.close()
        except ConfigUnreadable:
            self.rests_until = time.monotonic() + MISSING_SECONDS
        except (SQLAlchemyError, OSError, ValueError) as error:
            log.warning("asset_scan_broken_off", root=self.name, error=str(error).partition("\n")[0])
            self.close()
            self.rests_until = time.monotonic() + REST_SECONDS
        return False

    def work(self) -> bool:
        self.mind_burst()
        self.mind_watch()
        self.take_in_received()
        self.begin_due()
        if self.root_scan.busy and (ended := self.root_scan.advance()):
            self.settle(ended)
        return self.root_scan.busy

    def stands(self) -> bool:
        """Whether the configured folder exists and can be scanned."""
        if self.configured() != self.path:
            self.close()
            self.path = self.configured()
        if self.path is None:
            return self.leave()
        identity = identity_of(self.path)
        if self.root_scan is None or self.root_scan.root.identity != identity:
            return self.open(identity)
        self.mind_rules()
        return True

    def configured(self) -> Path | None:
        try:
            return self.machine.roots.path(self.name)
        except ConfigUnreadable:
            if self.path is None:
                raise  # It may still be configured.
            return self.path

    def leave(self) -> bool:
        """Delete the entry of a root that is no longer configured."""
        with self.machine.database.reading() as session:
            known = self.name in register.marks(session)
        if known:
            with self.machine.database.writing() as session:
                register.strike(session, self.name)
        self.missing, self.counts = False, {}
        self.rests_until = time.monotonic() + MISSING_SECONDS
        return False

    def open(self, identity: str | None) -> bool:
        self.close()
        mark = self.registered()
        if identity is None or self.seems_unmounted(mark, identity):
            self.miss(mark)
            return False
        rules = self.rules()
        with self.machine.database.writing() as session:
            register.update_root(session, mark.id, identity=identity, missing_since=None)
        self.missing, self.shared = False, may_change_unnoticed(self.path)
        root = Root(mark.id, self.path, identity)
        self.root_scan = RootScan(self.machine.database, self.numbers, root, rules)
        self.due = {Depth.LIGHT: 0.0, Depth.DEEP: time.monotonic() + DEEP_SECONDS}
        return True

    def registered(self) -> register.RootMark:
        """The root's entry, a new one where the path has changed."""
        with self.machine.database.reading() as session:
            mark = register.marks(session).get(self.name)
        return mark if mark and mark.path == str(self.path) else self.enter()

    def enter(self) -> register.RootMark:
        with self.machine.database.writing() as session:
            return register.enter(session, self.name, self.path, self.numbers)

    def seems_unmounted(self, mark: register.RootMark, identity: str) -> bool:
        """Whether the folder is another one and holds no artwork: then its disk is not mounted."""
        changed = mark.identity is not None and mark.identity != identity
        return changed and is_bare(self.path) and self.holds_images(mark)

    def holds_images(self, mark: register.RootMark) -> bool:
        with self.machine.database.reading() as session:
            return register.holds_images(session, mark.id)

    def miss(self, mark: register.RootMark) -> None:
        """Keep the rows for a grace period, since a disk may be mounted again."""
        self.rests_until = time.monotonic() + MISSING_SECONDS
        self.missing = self.holds_images(mark)
        if mark.missing_since is None:
            with self.machine.database.writing() as session:
                register.update_root(session, mark.id, missing_since=now())
        elif self.missing and now() - mark.missing_since > GRACE:
            log.warning("asset_root_given_up", root=self.name)
            self.enter()

    def rules(self) -> ReadingRules:
        return ReadingRules(self.path.resolve(), self.machine.roots.follow_links())

    def mind_rules(self) -> None:
        try:
            rules = self.rules()
        except ConfigUnreadable:
            return
        if rules != self.root_scan.rules:
            self.root_scan.rules = rules
            self.look(Depth.DEEP)

    def mind_burst(self) -> None:
        """After very many changes start a new watch, and scan everything."""
        if self.burst and not self.received and time.monotonic() > self.burst + CALM_SECONDS:
            self.burst = 0.0
            self.stop_watch()
            self.look(Depth.DEEP)

    def mind_watch(self) -> None:
        if self.watch and self.watch.failed:
            self.unwatchable = True
            self.look(Depth.LIGHT)
        if self.unwatchable or self.would_mislead:
            self.stop_watch()
        elif self.watch is None and self.begun and not self.root_scan.busy:
            self.watch = AssetWatch(self.path, self.receive)
            self.watch.start()

    def stop_watch(self) -> None:
        if self.watch:
            self.watch.stop()
        self.watch = None

    def take_in_received(self) -> None:
        received, self.received = self.received, []
        paths = set().union(*received)
        if received and not paths:
            # The watch works from now on; what changed before is still to be found.
            self.look(Depth.LIGHT)
        if paths and self.root_scan.take_in(paths):
            self.count_troubles()
        if len(paths) > BURST:
            self.burst = time.monotonic()

    def begin_due(self) -> None:
        ready = [depth for depth, moment in self.due.items() if moment <= time.monotonic()]
        if ready and not self.root_scan.busy:
            depth = Depth.DEEP if Depth.DEEP in ready else Depth.LIGHT
            self.unwatchable &= depth is not Depth.DEEP
            for done in {Depth.LIGHT, depth}:
                self.due.pop(done, None)
            self.begun = time.monotonic()
            self.root_scan.begin(depth)

    def settle(self, ended: Scan) -> None:
        self.seconds = time.monotonic() - self.begun
        facts = {"depth": ended.depth.value, "folders_read": ended.read, "seconds": round(self.seconds, 2)}
        log.debug("assets_scanned", root=self.name, **facts)
        self.vanished = ended.vanished
        self.count_troubles()
        self.due.setdefault(Depth.DEEP, time.monotonic() + DEEP_SECONDS)

    def count_troubles(self) -> None:
        with self.machine.database.reading() as session:
            counts = troubles(session, self.root_scan.root.id)
            folders = troubled_folders(session, self.root_scan.root.id) if counts != self.counts else []
        if folders:
            log.warning("assets_left_out", root=self.name, folders=folders, **counts)
        self.counts = counts
        if self.polls:
            self.due.setdefault(Depth.LIGHT, time.monotonic() + self.poll_pause())

    def poll_pause(self) -> float:
        return max(LEAST_POLL_SECONDS, self.seconds * POLL_SHARE)

    def close(self) -> None:
        self.stop_watch()
        self.watch = self.root_scan = None
        self.unwatchable, self.received, self.due, self.counts = False, [], {}, {}
        self.begun = self.burst = 0.0


def is_bare(folder: Path) -> bool:
    """Whether neither a folder nor an image lies in it; people mark what is not mounted with other files."""
    shown = (entry for entry in folder.iterdir() if not is_passed_over(entry.name))
    return not any(asset_kind(entry.name) or entry.is_dir() for entry in shown)
