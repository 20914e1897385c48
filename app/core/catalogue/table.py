"""The table of the catalogue, and the row that records what it was made of."""

import time
from typing import NamedTuple

from sqlalchemy import and_, insert, select, update
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, execute_many
from app.models import CatalogueEntry, CatalogueState

TABLE = CatalogueEntry.__table__
STATE = CatalogueState.__table__
# What is made of index, choices and journal; the rest is read from the file.
MADE = (
    *("folder_id", "name", "root_id", "kind", "library", "sort_key", "letter", "year", "searched"),
    *("size", "modified_ns", "created"),
    *("choice_id", "categories", "language", "provider", "flags", "owner", "upload"),
    *("concerns", "offered", "entry"),
)
FILE = slice(MADE.index("size"), MADE.index("created") + 1)
READ = ("digest", "color")
NAMES = (*MADE, *READ)
COLUMNS = tuple(TABLE.c[name] for name in NAMES)
# Plain text, as in core/assets/batch.py: it takes a third of the time.
INSERT = f"INSERT INTO asset_catalogue ({', '.join(NAMES)}) VALUES ({', '.join(['{0}'] * len(NAMES))})"
DELETE = "DELETE FROM asset_catalogue WHERE folder_id = {0} AND name = {0}"

# What was read of a file, where the file is the same.
CONTENT = (TABLE.c.digest, TABLE.c.color)
OF_FILE = and_(
    *(TABLE.c[name] == FILES.c[name] for name in ("folder_id", "name", "size", "modified_ns", "created"))
)

# The folder of choices without a picture.
NO_FOLDER = 0
Row = tuple
Key = tuple[int, str]


class SourceState(NamedTuple):
    """The version of the catalogue, and in a text what it was made of."""

    version: int = 0
    source: str = ""


def source_state(session: Session) -> SourceState:
    row = session.execute(select(STATE.c.version, STATE.c.source)).first()
    return SourceState(*row) if row else SourceState()


def is_being_made(session: Session) -> bool:
    """Whether the first pass over everything has not ended yet."""
    return not source_state(session).source


def publish_entries(session: Session, **values: str) -> None:
    """Make written changes visible to cached responses; `source` records what all was made of."""
    state = source_state(session)
    # The time makes it a number that no former database of the same place has used.
    known = state._asdict() | values | {"version": max(state.version + 1, time.time_ns())}
    if not session.execute(update(STATE).values(**known)).rowcount:
        session.execute(insert(STATE).values(**known, id=1))


def write_catalogue(session: Session, lost: list[Key], rows: list[Row]) -> None:
    execute_many(session, DELETE, lost)
    execute_many(session, INSERT, rows)
