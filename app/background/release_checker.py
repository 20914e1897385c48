"""The thread that renews the stored list of releases, so that no request ever waits for the network."""

import threading

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core.release_feed import Fetched, fetch
from app.core.releases import record, seconds_until_due, stored_releases
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

DATABASE_PAUSE = 60.0


class ReleaseChecker:
    """Asks at most every six hours, and only where UPDATE_CHECK allows it."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.stopping = threading.Event()
        self.thread: threading.Thread | None = None
        self.failures = 0

    def start(self) -> None:
        if self.machine.settings.update_check:
            self.thread = threading.Thread(target=self.work, name="refresher", daemon=True)
            self.thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Ask the thread to end; one that still waits for the network is left to its own time-out."""
        self.stopping.set()
        if self.thread:
            self.thread.join(timeout)

    def work(self) -> None:
        while not self.stopping.wait(self.pause()):
            self.refresh()

    def pause(self) -> float:
        """Seconds to wait before the next try."""
        try:
            with self.machine.database.reading() as session:
                return seconds_until_due(stored_releases(session), self.failures, now())
        except SQLAlchemyError:
            return DATABASE_PAUSE

    def refresh(self) -> None:
        try:
            fetched = fetch(self.machine.settings.releases_url, *self.conditions())
            self.keep(fetched)
        except SQLAlchemyError as error:
            log.warning("releases_not_stored", error=str(error))
            self.stopping.wait(DATABASE_PAUSE)

    def conditions(self) -> tuple[str | None, str | None]:
        with self.machine.database.reading() as session:
            document = stored_releases(session)
            return (document.etag, document.last_modified) if document and document.body else (None, None)

    def keep(self, fetched: Fetched) -> None:
        if self.stopping.is_set():
            return
        with self.machine.database.writing() as session:
            good = record(session, fetched)
        self.failures = 0 if good else self.failures + 1
        log.info("releases_refreshed", good=good, error=fetched.error)
