"""Events become rows: several requests at once, each with all of its events or none."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.core.errors import ApplicationError, TooMany
from app.core.senders.event import Event
from app.core.senders.fields import event_of, tautulli_event
from app.core.triggers.staging import Staged
from app.core.triggers.waiting import Patience
from app.models import OPEN, Trigger, TriggerStatus

CAP = 10_000
FULL = f"The inbox holds {CAP:,} open triggers, and takes no more until some of them are done."
RETRY_AFTER_SECONDS = 300


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
    return session.scalar(select(func.count()).where(Trigger.status.in_(OPEN))) or 0


def accept(session: Session, deliveries: Iterable[Delivery], patience: Patience, cap: int = CAP) -> None:
    """Add a row for each event; a delivery for which there is no room gets an error instead."""
    room = cap - open_count(session)
    added: list[tuple[Delivery, list[Trigger]]] = []
    for delivery in deliveries:
        if len(delivery.events) > room:
            delivery.error = TooMany(FULL, RETRY_AFTER_SECONDS)
            continue
        room -= len(delivery.events)
        added.append((delivery, rows_of(delivery)))
    rows = [row for _, own in added for row in own]
    begin_waits(session, rows, patience)
    session.add_all(rows)
    session.flush()
    for delivery, own in added:
        delivery.ids = [row.id for row in own]


def rows_of(delivery: Delivery) -> list[Trigger]:
    pairs = zip(delivery.events, delivery.staged, strict=True)
    return [new_row(event, staged.name, delivery.moment, parcel=delivery.parcel) for event, staged in pairs]


def new_row(event: Event, file: str, moment: datetime, **more) -> Trigger:
    return Trigger(
        file=file,
        sender=event.sender,
        kind=event.kind,
        name=event.name[:64],
        identity=event.identity,
        title=event.title,
        year=event.year,
        season=event.season,
        episodes=list(event.episodes),
        fields=[list(pair) for pair in event.fields],
        received_at=moment,
        first_at=moment,
        waiting_until=moment,
        **{"status": TriggerStatus.WAITING, **more},
    )


def event_from(row: Trigger) -> Event:
    """The event as its sender told it."""
    lines = tuple((key, value) for key, value in row.fields)
    return tautulli_event(lines) if row.kind == "tautulli" else event_of(lines)


def begin_waits(session: Session, rows: Sequence[Trigger], patience: Patience) -> None:
    """Let each new row wait with what waits for the same item, which goes on waiting with it."""
    firsts = first_moments(session, {row.identity for row in rows})
    for row in rows:
        first = firsts.setdefault(row.identity, row.first_at)
        row.first_at = min(first, row.first_at)
        row.waiting_until = patience.until(row.kind, row.received_at, row.first_at)
    for identity in firsts:
        until = max(row.waiting_until for row in rows if row.identity == identity)
        bring_forward(session, identity, until)


def first_moments(session: Session, identities: set[str]) -> dict[str, datetime]:
    """When the first event of a waiting item came, for those that wait and were not tried yet."""
    fresh = select(Trigger.identity, func.min(Trigger.first_at)).where(
        Trigger.status == TriggerStatus.WAITING, Trigger.attempts == 0, Trigger.identity.in_(identities)
    )
    return {identity: first for identity, first in session.execute(fresh.group_by(Trigger.identity))}


def bring_forward(session: Session, identity: str, until: datetime) -> None:
    """A failed trigger need not wait for its next try when news of its item come."""
    tried = update(Trigger).where(
        Trigger.status == TriggerStatus.WAITING,
        Trigger.identity == identity,
        Trigger.attempts > 0,
        Trigger.waiting_until > until,
    )
    session.execute(tried.values(waiting_until=until))
