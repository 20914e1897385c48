"""Stores rows of the script's file in the table, a few hundred at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.choices.table import KEY, NAMES, TABLE, cleaned, derived

CHUNK = 500
INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
Values = dict[str, str]


@dataclass
class ImportTally:
    """Counts of the rows of a file; `misshapen` ones could not be read."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    misshapen: int = 0

    @property
    def changed(self) -> int:
        return self.added + self.updated


def store_choices(session: Session, rows: Iterable[Values], moment: datetime) -> ImportTally:
    """Add the rows or update the stored ones; the decisions of a person stay."""
    tally = ImportTally()
    for chunk in row_chunks(map(prepare_row, rows)):
        # A later row of a file stands above an earlier one.
        store_chunk(session, {row["identity"]: row for row in chunk}, moment, tally)
    return tally


def row_chunks(rows: Iterator[Values]) -> Iterator[list[Values]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def prepare_row(row: Values) -> Values:
    whole = dict.fromkeys(KEY, "") | cleaned(row)
    return whole | derived(whole)


def store_chunk(session: Session, rows: dict[str, Values], moment: datetime, tally: ImportTally) -> None:
    known = stored_rows(session, rows)
    fresh = [row for identity, row in rows.items() if identity not in known]
    changed = [
        row for identity, row in rows.items() if identity in known and row_differs(row, known[identity])
    ]
    tally.added += len(fresh)
    tally.updated += len(changed)
    tally.unchanged += len(rows) - len(fresh) - len(changed)
    if fresh or changed:
        upsert(session, [*fresh, *changed], moment)


def stored_rows(session: Session, identities: Iterable[str]) -> dict[str, Any]:
    columns = TABLE.c.identity, *(TABLE.c[name] for name in NAMES)
    found = session.execute(select(*columns).where(TABLE.c.identity.in_(identities)))
    return {row.identity: row._mapping for row in found}


def row_differs(row: Values, stored: Any) -> bool:
    return any(stored[name] != row[name] for name in NAMES if name in row)


def upsert(session: Session, rows: list[Values], moment: datetime) -> None:
    """Another process may have stored some of the rows meanwhile."""
    statement = INSERTS[session.get_bind().dialect.name](TABLE)
    given = [name for name in NAMES if name in rows[0] and name not in KEY]
    changes = {name: statement.excluded[name] for name in given}
    if changes:
        statement = statement.on_conflict_do_update(
            index_elements=[TABLE.c.identity],
            set_=changes | {"updated_at": moment},
            where=or_(*(TABLE.c[name] != new for name, new in changes.items())),
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=[TABLE.c.identity])
    session.execute(statement, [row | {"created_at": moment, "updated_at": moment} for row in rows])
