"""The parts of an existing data folder that are rows of databases: where each is, and what takes it over."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.takeover.part_outcome import PartOutcome, PartState, TakeoverTerms
from app.core.takeover.upstream_database import UpstreamDatabase, UpstreamUnreadable, opened_upstream
from app.core.takeover.upstream_history import UPSTREAM_RUNS, take_history

Taker = Callable[[Session, UpstreamDatabase, TakeoverTerms], PartOutcome]


@dataclass(frozen=True)
class UpstreamPart:
    """One part: its database file, the tables that may hold it, and the function that takes it over."""

    name: str
    file: str
    tables: tuple[str, ...]
    take: Taker


PARTS = (UpstreamPart("history", "runtime_stats.db", (UPSTREAM_RUNS,), take_history),)
ADVICE = "Mend or remove the file, then run: posterizarr takeover"


def take_part(session: Session, part: UpstreamPart, terms: TakeoverTerms, workplace: Path) -> PartOutcome:
    """Take over one part in the transaction of the session; `UpstreamUnreadable` where it cannot be read."""
    path = terms.paths.database / part.file
    if not path.is_file():
        return PartOutcome(PartState.ABSENT)
    with opened_upstream(path, workplace) as database:
        if not database.tables.keys() & set(part.tables):
            raise UpstreamUnreadable(f"{part.file} has no table {' or '.join(part.tables)}.")
        return part.take(session, database, terms)
