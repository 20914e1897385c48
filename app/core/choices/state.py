"""The files in the table of choices, and the rules by which its categories were computed."""

import time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from app.core.choices.rules import CategoryRules, categories
from app.core.choices.table import STATE, TABLE


class ChoicesState(NamedTuple):
    """See `models.ChoiceState`; the version grows with every change of the table."""

    version: int = 0
    rules: str = ""
    size: int = -1
    modified_ns: int = -1
    newest_ns: int = -1


def current_state(session: Session) -> ChoicesState:
    columns = (STATE.c[name] for name in ChoicesState._fields)
    row = session.execute(select(*columns)).first()
    return ChoicesState(*row) if row else ChoicesState()


def update_state(session: Session, **values: Any) -> None:
    """Change some columns of the state."""
    if not session.execute(update(STATE).values(**values)).rowcount:
        session.execute(insert(STATE).values(**ChoicesState()._asdict() | values, id=1))


def grade(session: Session, rules: CategoryRules) -> None:
    """Compute every row's categories by the rules."""
    mask = categories(rules)
    session.execute(update(TABLE).where(TABLE.c.categories != mask).values(categories=mask))
    invalidate_answers(session, rules=str(rules))


def invalidate_answers(session: Session, **values: Any) -> None:
    """Invalidate all cached responses."""
    # The time makes it a number that no former database of the same place has used.
    update_state(session, version=max(current_state(session).version + 1, time.time_ns()), **values)


def grades(state: ChoicesState, rules: CategoryRules) -> ColumnElement[int]:
    """The stored categories where they follow the rules, else an expression that computes them."""
    return TABLE.c.categories if state.rules == str(rules) else categories(rules)
