"""Single choices: read, add, change, resolve and delete one."""

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.choices.rules import CategoryRules, categories
from app.core.choices.showing import COLUMNS
from app.core.choices.state import invalidate_answers
from app.core.choices.table import KEY, NAMES, TABLE, cleaned, derived
from app.core.errors import Conflict, NotFound
from app.core.runs import LARGEST_NUMBER
from app.models.base import now

YES = ("yes", "true")
SAME_CHOICE = "There is another choice of this title, folder, type and library."


def choice_list(session: Session, limit: int | None, offset: int) -> list[Any]:
    """Some choices, the newest first, as rows of `COLUMNS`."""
    query = select(*COLUMNS).order_by(TABLE.c.id.desc()).offset(offset)
    return list(session.execute(query.limit(limit)))


def existing_choice(session: Session, number: int) -> Any:
    """A row of `COLUMNS`; `NotFound` if there is none."""
    query = select(*COLUMNS).where(TABLE.c.id == number)
    row = session.execute(query).first() if number <= LARGEST_NUMBER else None
    if row is None:
        raise NotFound(f"There is no image choice {number}.")
    return row


def titled(session: Session, title: str) -> Any:
    """The newest choice of that title, else the one whose number it is, as clients ask for both."""
    query = select(*COLUMNS).where(TABLE.c.title == title).order_by(TABLE.c.id.desc()).limit(1)
    row = None if "\0" in title else session.execute(query).first()
    if row is None and not (title.isascii() and title.isdecimal() and len(title) < 12):
        raise NotFound(f"There is no image choice {title!r}.")
    return row or existing_choice(session, int(title))


def change_values(
    session: Session, rules: CategoryRules, number: int, changes: dict[str, str | None]
) -> None:
    """Change the given fields, by the names of the API; `Manual` is stored beside the script's value."""
    stored = existing_values(session, number)
    given = {name: changes[shown] for name, shown in NAMES.items() if changes.get(shown) is not None}
    verdict = given.pop("manual", None)
    values = changed_values(stored, given) | settled_verdict(stored, verdict)
    if not values:
        return
    own = TABLE.c.id == number
    try:
        session.execute(update(TABLE).where(own).values(**values, updated_at=now()))
    except IntegrityError as error:
        raise Conflict(SAME_CHOICE) from error
    session.execute(update(TABLE).where(own).values(categories=categories(rules)))
    invalidate_answers(session)


def add_choice(session: Session, rules: CategoryRules, given: dict[str, str | None]) -> int:
    """Add a choice with fields by the names of the API, and return its number; `Conflict` where it exists."""
    values = {name: given.get(shown) or "" for name, shown in NAMES.items()}
    verdict = values.pop("manual") or None
    values = cleaned(values) | {"manual": ""}
    moment = now()
    values |= derived(values) | settled_verdict(values | {"verdict": None}, verdict)
    try:
        row = insert(TABLE).values(**values, created_at=moment, updated_at=moment)
        number = session.execute(row).inserted_primary_key[0]
    except IntegrityError as error:
        raise Conflict(SAME_CHOICE) from error
    session.execute(update(TABLE).where(TABLE.c.id == number).values(categories=categories(rules)))
    invalidate_answers(session)
    return number


def existing_values(session: Session, number: int) -> dict[str, Any]:
    existing_choice(session, number)
    columns = TABLE.c.verdict, *(TABLE.c[name] for name in NAMES)
    return dict(session.execute(select(*columns).where(TABLE.c.id == number)).one()._mapping)


def changed_values(stored: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    values = {name: value for name, value in cleaned(given).items() if stored[name] != value}
    return values | (derived(stored | values) if values.keys() & set(KEY) else {})


def settled_verdict(stored: dict[str, Any], verdict: str | None) -> dict[str, Any]:
    """The stored verdict of a person, only where it differs from the script's value."""
    if verdict is None:
        return {}
    wanted = verdict.lower() in YES
    agreed = not wanted and stored["manual"].lower() not in YES
    word = None if agreed else "Yes" if wanted else "No"
    # What one person changes is no longer part of a change of many.
    return {"verdict": word, "change_id": None} if stored["verdict"] != word else {}


def remove_choice(session: Session, number: int) -> None:
    """Delete one choice; a later run of the script may add it again."""
    existing_choice(session, number)
    session.execute(delete(TABLE).where(TABLE.c.id == number))
    invalidate_answers(session)
