"""The parts of an existing data folder that are rows of databases: where each is, and what takes it over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.takeover.part_outcome import PartOutcome, PartState, TakeoverTerms
from app.core.takeover.upstream_choices import CHOICE_COLUMNS, UPSTREAM_CHOICES, take_choices
from app.core.takeover.upstream_database import UpstreamDatabase, UpstreamUnreadable, opened_upstream
from app.core.takeover.upstream_exports import EXPORT_COLUMNS, take_exports
from app.core.takeover.upstream_files import (
    CHOICES_FILE,
    EXPORTS_FILE,
    HISTORY_FILE,
    KEYS_FILE,
    LIBRARIES_FILE,
)
from app.core.takeover.upstream_history import RUN_COLUMNS, UPSTREAM_RUNS, take_history
from app.core.takeover.upstream_keys import KEY_COLUMNS, UPSTREAM_KEYS, take_keys
from app.core.takeover.upstream_libraries import LIBRARY_COLUMNS, UPSTREAM_LIBRARIES, compare_exclusions

Taker = Callable[[Session, UpstreamDatabase, TakeoverTerms], PartOutcome]


@dataclass(frozen=True)
class UpstreamPart:
    """One part: its database file, the columns of each table that are read, and what takes it over.

    Where `is_optional` is set, early versions have the file without the tables.
    """

    name: str
    file: str
    tables: Mapping[str, tuple[str, ...]]
    take: Taker
    is_optional: bool = False


PARTS = (
    UpstreamPart("history", HISTORY_FILE, {UPSTREAM_RUNS: RUN_COLUMNS}, take_history),
    UpstreamPart("image choices", CHOICES_FILE, {UPSTREAM_CHOICES: CHOICE_COLUMNS}, take_choices),
    UpstreamPart("exports", EXPORTS_FILE, EXPORT_COLUMNS, take_exports),
    UpstreamPart("API keys", KEYS_FILE, {UPSTREAM_KEYS: KEY_COLUMNS}, take_keys, is_optional=True),
    UpstreamPart(
        "library exclusions", LIBRARIES_FILE, {UPSTREAM_LIBRARIES: LIBRARY_COLUMNS}, compare_exclusions
    ),
)
ADVICE = "Mend or remove the file, then run: posterizarr takeover"


def take_part(session: Session, part: UpstreamPart, terms: TakeoverTerms, workplace: Path) -> PartOutcome:
    """Take over one part in the transaction of the session; `UpstreamUnreadable` where it cannot be read."""
    path = terms.paths.database / part.file
    if not path.is_file():
        return PartOutcome(PartState.ABSENT)
    with opened_upstream(path, workplace) as database:
        if not database.tables.keys() & part.tables.keys():
            if part.is_optional and database.tables:
                return PartOutcome(PartState.ABSENT)
            raise UpstreamUnreadable(f"{part.file} has no table {' or '.join(part.tables)}.")
        outcome = part.take(session, database, terms)
        for table, columns in part.tables.items():
            note_unread(outcome, table, database.tables.get(table, {}).keys() - {*columns})
        return outcome


def note_unread(outcome: PartOutcome, table: str, columns: Iterable[str]) -> None:
    if columns:
        outcome.note(f"Columns of {table} that have no place here: {', '.join(sorted(columns))[:500]}.")
