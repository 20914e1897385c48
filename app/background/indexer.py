"""The thread that keeps the index of artwork true."""

import threading
import time

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.root_indexer import RootIndexer
from app.core.assets import register
from app.core.assets.batch import Numbers
from app.core.assets.removal import sweep
from app.core.assets.roots import PLACES
from app.core.assets.scan import Depth
from app.core.errors import reason_of
from app.extensions import Machine

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.5
OCCASION_SECONDS = 1.0
REST_SECONDS = 10.0


class Indexer:
    """Scans at the start, after each run, when asked, and now and then; hears of changes in between."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.keepers: list[RootIndexer] = []
        self.occasions: tuple = ()
        self.occasions_due = 0.0
        self.swept: list[int] = []
        self.told: dict | None = None
        self.stopping = threading.Event()
        self.bell = threading.Event()
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self.work, name="indexer", daemon=True)
        self.thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        self.stopping.set()
        self.bell.set()
        if self.thread:
            self.thread.join(timeout)

    def work(self) -> None:
        try:
            self.mind()
        finally:
            for keeper in self.keepers:
                keeper.close()

    def mind(self) -> None:
        while not self.stopping.is_set():
            try:
                more = self.tick()
            except SQLAlchemyError as error:
                log.warning("asset_index_waits", error=reason_of(error))
                self.stopping.wait(REST_SECONDS)
                continue
            if not more:
                self.bell.wait(TICK_SECONDS)
                self.bell.clear()

    def tick(self) -> bool:
        self.keepers = self.keepers or self.made_keepers()
        self.mind_occasions()
        more = [keeper.tick() for keeper in self.keepers]
        self.tell()
        return any(more) or self.sweep()

    def made_keepers(self) -> list[RootIndexer]:
        with self.machine.database.reading() as session:
            numbers = Numbers(session)
        return [RootIndexer(self.machine, name, numbers, self.bell.set) for name in PLACES]

    def mind_occasions(self) -> None:
        """A run that ended asks for a look at what changed, a person for a look at everything."""
        if time.monotonic() < self.occasions_due:
            return
        self.occasions_due = time.monotonic() + OCCASION_SECONDS
        known = self.occasions
        with self.machine.database.reading() as session:
            self.occasions = register.latest_end(session), register.latest_wish(session)
        if known and known != self.occasions:
            self.look(is_wished=known[1] != self.occasions[1])

    def look(self, is_wished: bool) -> None:
        """Where no watch tells of it, only a deep look finds what a run wrote in another image's place."""
        for keeper in self.keepers:
            keeper.look(Depth.LIGHT if keeper.watch and not is_wished else Depth.DEEP)

    def tell(self) -> None:
        """Let everybody know what is scanned and what cannot be taken in."""
        news = {
            "scanning": [keeper.name for keeper in self.keepers if keeper.scanning],
            "troubles": {keeper.setting: found for keeper in self.keepers if (found := keeper.troubles())},
        }
        if news != self.told:
            self.machine.state.publish(assets=news)
            self.told = news

    def sweep(self) -> bool:
        """Take out the rows of roots that are no more, while there is nothing else to do."""
        living = [keeper.upkeep.root.id for keeper in self.keepers if keeper.upkeep]
        if living != self.swept and not sweep(self.machine.database):
            self.swept = living
        return living != self.swept
