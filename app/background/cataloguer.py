"""The thread that keeps the catalogue of artwork up to date, and reads each picture once."""

import time
from collections.abc import Iterator
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.core.assets import register
from app.core.assets.register import RootMark
from app.core.assets.scan import identity_of
from app.core.catalogue.cataloguing import Cataloguing, Sources, present_sources
from app.core.catalogue.contents import (
    read_catalogued_content,
    store_contents,
    try_unreadable_again,
    unread_pictures,
)
from app.core.catalogue.print_backlog import print_steps
from app.core.catalogue.table import source_state
from app.core.errors import ConfigUnreadable, reason_of
from app.extensions import Machine

log = structlog.get_logger(__name__)

# A pass takes a third of the time at most, and so does the reading of pictures.
SHARE = 3
LEAST_REST_SECONDS = 0.5
# How long pictures are read between two looks for something more urgent.
SLICE_SECONDS = 0.5
# Between two looks for pictures without a print, which is only what was read before there were any.
PRINT_SECONDS = 60.0


class Cataloguer(BackgroundThread):
    """Looks each second for new rows of the index, of choices and of the journal."""

    name = "cataloguer"
    recovery_seconds = 10.0
    # A network folder of a busy machine may take its time for one picture.
    hang_seconds = 600.0
    passing = (SQLAlchemyError, OSError, ConfigUnreadable)

    def __init__(self, machine: Machine):
        super().__init__()
        self.machine = machine
        self.steps: Iterator[None] = iter(())
        self.prints: Iterator[None] = iter(())
        self.prints_rest_until = 0.0
        self.is_new, self.is_passing = True, False
        self.began = self.rests_until = 0.0

    def report(self, error: Exception) -> None:
        self.is_passing, self.steps, self.prints = False, iter(()), iter(())
        log.warning("catalogue_waits", error=reason_of(error))

    def tick(self) -> bool:
        """Do one step of a pass, or read some pictures, then rest in proportion."""
        started = time.monotonic()
        if not self.is_passing and started >= self.rests_until:
            self.begin_pass()
        more = self.step() if self.is_passing else self.read_pictures() or self.read_prints()
        if more:
            self.stopping.wait((time.monotonic() - started) * (SHARE - 1))
        return more

    def begin_pass(self) -> None:
        if self.is_new:
            with self.machine.database.writing() as session:
                try_unreadable_again(session)
            self.is_new = False
        sources = self.sources()
        with self.machine.database.reading() as session:
            known = source_state(session).source
        if str(sources) != known:
            self.began, self.is_passing = time.monotonic(), True
            self.steps = Cataloguing(self.machine.database, sources).steps()

    def step(self) -> bool:
        self.is_passing = next(self.steps, self.steps) is not self.steps
        if not self.is_passing:
            now = time.monotonic()
            self.rests_until = now + max(LEAST_REST_SECONDS, now - self.began)
        return True

    def sources(self) -> Sources:
        states = self.machine.picture_states.by_path()
        with self.machine.database.reading() as session:
            return present_sources(session, self.machine.config, states)

    def read_pictures(self) -> bool:
        """Read pictures for a moment, those of the first root that has any; True where there may be more."""
        with self.machine.database.reading() as session:
            marks = register.marks(session)
        return any(self.read_some(mark) for mark in present_roots(marks))

    def read_some(self, mark: RootMark) -> bool:
        with self.machine.database.reading() as session:
            rows = unread_pictures(session, mark.id)
        deadline, found = time.monotonic() + SLICE_SECONDS, []
        for row in rows:
            if self.stopping.is_set() or time.monotonic() > deadline:
                break
            found.append((row, read_catalogued_content(Path(mark.path), row, self.beat)))
        if found and identity_of(Path(mark.path)) == mark.identity:
            with self.machine.database.writing() as session:
                store_contents(session, found)
        return bool(found)

    def read_prints(self) -> bool:
        """Read some pictures that have no print yet; True where there may be more."""
        if next(self.prints, self) is None:
            return True
        now = time.monotonic()
        if now < self.prints_rest_until:
            return False
        self.prints_rest_until = now + PRINT_SECONDS
        with self.machine.database.reading() as session:
            roots = present_roots(register.marks(session))
        store = self.machine.paths.engine / "store"
        self.prints = print_steps(self.machine.database, roots, store, self.beat)
        return True


def present_roots(marks: dict[str, RootMark]) -> list[RootMark]:
    """Those whose folder is the one that was scanned."""
    return [mark for _, mark in sorted(marks.items()) if identity_of(Path(mark.path)) == mark.identity]
