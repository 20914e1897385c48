"""The thread that renews the stored list of releases, so that no request ever waits for the network."""

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.core.errors import reason_of
from app.core.release_feed import Fetched, fetch
from app.core.releases import seconds_until_due, store_fetched, stored_releases
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

DATABASE_PAUSE = 60.0


class ReleaseChecker(BackgroundThread):
    """Asks at most every six hours, and only where UPDATE_CHECK allows it."""

    name = "release checker"
    recovery_seconds = DATABASE_PAUSE
    hang_seconds = 300.0
    passing = (SQLAlchemyError,)

    def __init__(self, machine: Machine):
        super().__init__()
        self.machine = machine
        self.failures = 0

    def start(self) -> None:
        if self.machine.settings.update_check:
            super().start()

    def tick(self) -> None:
        if self.pause() <= 0:
            self.refresh()

    def report(self, error: Exception) -> None:
        log.warning("releases_not_stored", error=reason_of(error))

    def pause(self) -> float:
        """Seconds until the next request for the list."""
        try:
            with self.machine.database.reading() as session:
                return seconds_until_due(stored_releases(session), self.failures, now())
        except SQLAlchemyError:
            return DATABASE_PAUSE

    def refresh(self) -> None:
        """Request the list and store it; `SQLAlchemyError` where the database does not answer."""
        self.keep(fetch(self.machine.settings.releases_url, *self.conditions()))

    def conditions(self) -> tuple[str | None, str | None]:
        with self.machine.database.reading() as session:
            document = stored_releases(session)
            return (document.etag, document.last_modified) if document and document.body else (None, None)

    def keep(self, fetched: Fetched) -> None:
        if self.stopping.is_set():
            return
        with self.machine.database.writing() as session:
            good = store_fetched(session, fetched)
        self.failures = 0 if good else self.failures + 1
        log.info("releases_refreshed", good=good, error=fetched.error)
