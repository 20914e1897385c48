"""Events become rows: several requests at once, each with all of its events or none."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, select, update
from sqlalchemy.orm import Session

from app.core.errors import ApplicationError, TooMany
from app.core.senders.event import Event
from app.core.senders.fields import event_from_tautulli, event_of
from app.core.triggers.staging import Staged
from app.core.triggers.waiting import Patience
from app.models import OPEN, Trigger, TriggerStatus

CAP = 10_000
FULL = f"The inbox holds {CAP:,} open triggers, and accepts no more until some of them are done."
RETRY_AFTER_SECONDS = 300

Row = dict[str, Any]

# Every webhook needs these, and making a statement takes longer than running it.
IS_OPEN = Trigger.status.in_([literal_column(f"'{status}'") for status in OPEN])
COUNT = select(func.count()).select_from(Trigger).where(IS_OPEN)
INSERT = insert(Trigger.__table__).returning(Trigger.__table__.c.id, sort_by_parameter_order=True)
IS_TRIED = Trigger.attempts > 0
WAITS = (
    select(Trigger.identity, IS_TRIED, func.min(Trigger.first_at))
    .where(
        Trigger.status == TriggerStatus.WAITING,
        Trigger.identity.in_(bindparam("identities", expanding=True)),
    )
    .group_by(Trigger.identity, IS_TRIED)
)


@dataclass
class Delivery:
    """The events of one request on their way into the database."""

    events: Sequence[Event]
    moment: datetime
    parcel: str = field(default_factory=lambda: secrets.token_hex(16))
    staged: list[Staged] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    is_stored: bool = False
    error: ApplicationError | None = None


def open_count(session: Session) -> int:
    return session.connection().execute(COUNT).scalar_one()


def accept(session: Session, deliveries: Iterable[Delivery], patience: Patience, cap: int = CAP) -> None:
    """Add a row for each event; a delivery for which there is no room gets an error instead."""
    room = cap - open_count(session)
    accepted = []
    for delivery in deliveries:
        if len(delivery.events) > room:
            delivery.error = TooMany(FULL, RETRY_AFTER_SECONDS)
            continue
        room -= len(delivery.events)
        accepted.append(delivery)
    rows = [row for delivery in accepted for row in rows_of(delivery)]
    numbers = iter(add_waiting(session, rows, patience))
    for delivery in accepted:
        delivery.ids = [next(numbers) for _ in delivery.events]


def rows_of(delivery: Delivery) -> list[Row]:
    pairs = zip(delivery.events, delivery.staged, strict=True)
    return [new_row(event, staged.name, delivery.moment, delivery.parcel) for event, staged in pairs]


def new_row(event: Event, file: str, moment: datetime, parcel: str | None, mark: str | None = None) -> Row:
    return {
        "parcel": parcel,
        "file": file,
        "fingerprint": mark,
        "sender": event.sender,
        "kind": event.kind,
        "name": event.name[:64],
        "identity": event.identity,
        "title": event.title,
        "year": event.year,
        "season": event.season,
        "episodes": list(event.episodes),
        "fields": [list(pair) for pair in event.fields],
        "status": TriggerStatus.WAITING,
        "received_at": moment,
        "first_at": moment,
    }


def add_waiting(session: Session, rows: Sequence[Row], patience: Patience) -> list[int]:
    """Add rows, each of which waits with those of the same item, and return their ids in order."""
    if not rows:
        return []
    begin_waits(session, rows, patience)
    return list(session.connection().execute(INSERT, rows).scalars())


def event_from(row: Trigger) -> Event:
    """The event as its sender sent it."""
    lines = tuple((key, value) for key, value in row.fields)
    return event_from_tautulli(lines) if row.kind == "tautulli" else event_of(lines)


def begin_waits(session: Session, rows: Sequence[Row], patience: Patience) -> None:
    """Let each new row wait with those of the same item, whose wait is extended."""
    waits = waits_of(session, {row["identity"] for row in rows})
    firsts = {identity: first for identity, (first, _) in waits.items() if first}
    for row in rows:
        first = firsts.setdefault(row["identity"], row["first_at"])
        row["first_at"] = min(first, row["first_at"])
        row["waiting_until"] = patience.until(row["kind"], row["received_at"], row["first_at"])
    for identity in (identity for identity, (_, was_tried) in waits.items() if was_tried):
        until = max(row["waiting_until"] for row in rows if row["identity"] == identity)
        bring_forward(session, identity, until)


def waits_of(session: Session, identities: set[str]) -> dict[str, tuple[datetime | None, bool]]:
    """When the first event of each waiting item came, and whether something of it was tried before."""
    found: dict[str, tuple[datetime | None, bool]] = {}
    for identity, is_tried, first in session.connection().execute(WAITS, {"identities": list(identities)}):
        known = found.get(identity, (None, False))
        found[identity] = (known[0], True) if is_tried else (first, known[1])
    return found


def bring_forward(session: Session, identity: str, until: datetime) -> None:
    """End the wait of a failed trigger for its next attempt when a new event of its item comes."""
    tried = update(Trigger).where(
        Trigger.status == TriggerStatus.WAITING,
        Trigger.identity == identity,
        Trigger.attempts > 0,
        Trigger.waiting_until > until,
    )
    session.execute(tried.values(waiting_until=until))
