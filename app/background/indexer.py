"""The thread that keeps the index of artwork up to date."""

import time

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.background.root_indexer import RootIndexer
from app.core.assets import register
from app.core.assets.batch import Numbers
from app.core.assets.removal import sweep_roots
from app.core.assets.roots import PLACES
from app.core.assets.scan import Depth
from app.core.errors import reason_of
from app.extensions import Machine

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.5
OCCASION_SECONDS = 1.0
REST_SECONDS = 10.0


class Indexer(BackgroundThread):
    """Scans at the start, after each run, on request and each hour; a watch reports changes in between."""

    name = "indexer"
    pause_seconds = TICK_SECONDS
    recovery_seconds = REST_SECONDS
    # A disk that has to spin up, or a network folder of a busy machine, may take its time for one folder.
    hang_seconds = 600.0
    passing = (SQLAlchemyError,)

    def __init__(self, machine: Machine):
        super().__init__()
        self.machine = machine
        self.root_indexers: list[RootIndexer] = []
        self.occasions: tuple = ()
        self.occasions_due = 0.0
        self.swept: list[int] = []
        self.published: dict | None = None

    def close(self) -> None:
        for root_indexer in self.root_indexers:
            root_indexer.close()

    def report(self, error: Exception) -> None:
        log.warning("asset_index_waits", error=reason_of(error))

    def tick(self) -> bool:
        self.root_indexers = self.root_indexers or self.make_root_indexers()
        self.mind_occasions()
        more = [self.tick_root(root_indexer) for root_indexer in self.root_indexers]
        self.publish()
        return any(more) or self.sweep()

    def tick_root(self, root_indexer: RootIndexer) -> bool:
        self.beat()
        return root_indexer.tick()

    def make_root_indexers(self) -> list[RootIndexer]:
        with self.machine.database.reading() as session:
            numbers = Numbers(session)
        return [RootIndexer(self.machine, name, numbers, self.wake) for name in PLACES]

    def mind_occasions(self) -> None:
        """A run that ended needs a scan of what changed, a request one of everything."""
        if time.monotonic() < self.occasions_due:
            return
        self.occasions_due = time.monotonic() + OCCASION_SECONDS
        known = self.occasions
        with self.machine.database.reading() as session:
            self.occasions = register.latest_end(session), register.latest_request(session)
        if known and known != self.occasions:
            self.look(is_requested=known[1] != self.occasions[1])

    def look(self, is_requested: bool) -> None:
        """Without a watch, only a deep scan finds an image that a run wrote in place of another."""
        for root_indexer in self.root_indexers:
            root_indexer.look(Depth.LIGHT if root_indexer.watch and not is_requested else Depth.DEEP)

    def publish(self) -> None:
        """Publish what is scanned and what cannot be read."""
        news = {
            "scanning": [each.name for each in self.root_indexers if each.scanning],
            "troubles": {each.setting: found for each in self.root_indexers if (found := each.troubles())},
        }
        if news != self.published:
            self.machine.state.publish(assets=news)
            self.published = news

    def sweep(self) -> bool:
        """Delete the rows of roots that no longer exist, while there is nothing else to do."""
        living = [each.root_scan.root.id for each in self.root_indexers if each.root_scan]
        if living != self.swept and not sweep_roots(self.machine.database):
            self.swept = living
        return living != self.swept
