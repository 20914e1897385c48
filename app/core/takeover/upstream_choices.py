"""The table of image choices of an existing Posterizarr."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.core.choices.importing import choice_file, usable_rules
from app.core.choices.state import current_state, grade, invalidate_answers, update_state
from app.core.choices.storing import prepare_row, row_chunks
from app.core.choices.table import NAMES, SHEET, TABLE
from app.core.takeover.part_outcome import PartOutcome, TakeoverTerms
from app.core.takeover.upstream_database import Row, UpstreamDatabase, states
from app.core.takeover.upstream_values import moment_of, text_of

UPSTREAM_CHOICES = "imagechoices"
TIMES = ("created_at", "updated_at")
CHOICE_COLUMNS = ("id", *(name.lower() for name in NAMES.values()), *TIMES)
WITHOUT_TITLE = "no title"
Values = dict[str, Any]


def take_choices(session: Session, database: UpstreamDatabase, terms: TakeoverTerms) -> PartOutcome:
    """Add the choices that are not known yet, with what a person decided about them."""
    outcome = PartOutcome()
    rows = titled_rows(database.rows(UPSTREAM_CHOICES, CHOICE_COLUMNS), outcome)
    for chunk in row_chunks(past_choice(row, terms) for row in rows):
        # A later row of one choice stands above an earlier one.
        choices = {choice["identity"]: choice for choice in chunk}
        outcome.taken += (added := add_choices(session, choices))
        outcome.known += len(chunk) - added
    remember_old_imports(session, database, terms)
    rules = usable_rules(terms.paths, current_state(session))
    grade(session, rules) if rules else invalidate_answers(session)
    return outcome


def titled_rows(rows: Iterable[Row], outcome: PartOutcome) -> Iterator[Row]:
    for row in rows:
        if text_of(row.get("title")).strip():
            yield row
        else:
            outcome.left_out[WITHOUT_TITLE] += 1


def past_choice(row: Row, terms: TakeoverTerms) -> Values:
    """The columns of a choice; the old program keeps a person's "Yes" in the place of the script's word."""
    values = {column: text_of(row.get(name.lower())) for column, name in NAMES.items()}
    decided = values["manual"].strip().lower()
    if decided in ("yes", "no"):
        values["manual"] = "false"
    created, updated = (moment_of(row.get(name), terms.zone) or terms.moment for name in TIMES)
    times = {"created_at": created, "updated_at": updated}
    return {**prepare_row(values), **times, "verdict": "Yes" if decided == "yes" else None}


def add_choices(session: Session, choices: dict[str, Values]) -> int:
    """Insert those that are not in the table; known ones get a person's decision where they have none."""
    known = set(session.scalars(select(TABLE.c.identity).where(TABLE.c.identity.in_(choices))))
    fresh = [choice for identity, choice in choices.items() if identity not in known]
    if fresh:
        session.execute(insert(TABLE), fresh)
    resolved = [identity for identity in known if choices[identity]["verdict"]]
    undecided = TABLE.c.identity.in_(resolved), TABLE.c.verdict.is_(None)
    session.execute(update(TABLE).where(*undecided).values(verdict="Yes"))
    return len(fresh)


def remember_old_imports(session: Session, database: UpstreamDatabase, terms: TakeoverTerms) -> None:
    """Record the lists of choices up to the last change of the old table as imported.

    An older one would bring back what a person has deleted since.
    """
    changed_ns = max(state.modified_ns for state in states(database.path) if state)
    live = choice_file(terms.paths.logs / SHEET.file, is_live=True)
    is_old = live is not None and live.modified_ns <= changed_ns
    own = {"size": live.size, "modified_ns": live.modified_ns} if is_old else {}
    update_state(session, newest_ns=max(changed_ns, current_state(session).newest_ns), **own)
