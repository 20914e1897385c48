"""The thread that takes the pictures of the queue, one at a time."""

from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.core.errors import ApplicationError
from app.core.replacing.replacement_queue import (
    end_put,
    has_work,
    settle_items,
    take_back_puts,
    take_next,
)
from app.extensions import Machine
from app.models import QueueItem
from app.services.artwork_edits import put_artwork
from app.services.staged_pictures import discard_pictures

log = structlog.get_logger(__name__)


class ReplacementThread(BackgroundThread):
    """Queues a run for an item that is drawn, and puts one in its place that is taken as it is."""

    name = "replacements"
    # A put waits for other edits, and a disk that sleeps.
    hang_seconds = 600.0
    passing = (OSError, SQLAlchemyError, ApplicationError)

    def __init__(self, machine: Machine):
        super().__init__()
        self.machine = machine
        self.is_prepared = False

    def tick(self) -> bool:
        """Settle what has ended, and take the next item; True where one was put."""
        self.prepare()
        with self.machine.database.reading() as session:
            if not has_work(session):
                return False
        with self.machine.database.writing() as session:
            finished = settle_items(session)
        discard_pictures(finished)
        return self.process_next()

    def prepare(self) -> None:
        """Start again what a server was putting in place when it ended."""
        if self.is_prepared:
            return
        with self.machine.database.writing() as session:
            take_back_puts(session)
        self.is_prepared = True

    def process_next(self) -> bool:
        with self.machine.database.writing() as session:
            item = take_next(session)
        if item is None or item.arguments:
            return False
        self.put(item)
        return True

    def put(self, item: QueueItem) -> None:
        """Put the item's picture in its place, and write down what became of that."""
        run, error = None, None
        try:
            run = put_artwork(self.machine, item.asset_path, Path(item.picture)).run
        except ApplicationError as failure:
            error = failure.detail
        with self.machine.database.writing() as session:
            finished = end_put(session, item.id, run, error)
        discard_pictures(filter(None, [finished]))
        log.info("replacement_processed", item=item.id, run=run, error=error)
