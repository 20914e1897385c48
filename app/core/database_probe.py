"""Whether the database answers."""

import time
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.errors import Unavailable
from app.core.state_cache import StateCache
from app.models import Run

GOOD_SECONDS = 5.0
BAD_SECONDS = 1.0


def query_database(session: Session) -> None:
    """Read from the file itself: a bare SELECT 1 never reaches it."""
    session.execute(select(Run.id).limit(1)).first()


class DatabaseProbe:
    """Queries the database every five seconds at most, and every second while it does not answer."""

    def __init__(self, query: Callable[[], None], clock: Callable[[], float] = time.monotonic):
        self.query = query
        self.cache = StateCache(clock=clock)

    def check(self) -> None:
        """Raise `Unavailable` where the database does not answer."""
        if not self.answers():
            raise Unavailable("The database does not answer.")

    def answers(self) -> bool:
        cached = self.cache.find("answers")
        if cached:
            return cached.value
        answers = self.succeeds()
        return self.cache.store("answers", answers, seconds=GOOD_SECONDS if answers else BAD_SECONDS)

    def succeeds(self) -> bool:
        try:
            self.query()
        except SQLAlchemyError:
            return False
        return True
