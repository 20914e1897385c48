"""How long an item waits for more of its events."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Trigger, TriggerStatus

CAP_FACTOR = 4
LONGEST_SECONDS = 3600


@dataclass(frozen=True)
class Patience:
    """The wait of an item: each event restarts it, up to a cap; Tautulli waits by itself."""

    seconds: int

    @property
    def cap(self) -> timedelta:
        return timedelta(seconds=max(self.seconds, min(CAP_FACTOR * self.seconds, LONGEST_SECONDS)))

    @property
    def longest(self) -> timedelta:
        """The longest wait, whether for events, for a media server or for another attempt."""
        return max(self.cap, timedelta(seconds=LONGEST_SECONDS))

    def until(self, kind: str, moment: datetime, first: datetime) -> datetime:
        if kind != "arr":
            return moment
        return min(moment + timedelta(seconds=self.seconds), first + self.cap)


def begin_anew(session: Session, patience: Patience, moment: datetime) -> None:
    """Restart waits that a clock in the future set when the last server ran."""
    chosen = select(Trigger).where(Trigger.status == TriggerStatus.WAITING)
    for row in session.scalars(chosen.where(Trigger.waiting_until > moment + patience.longest)):
        row.first_at, row.due_since = moment, None
        row.waiting_until = patience.until(row.kind, moment, moment)


def shift_waits(session: Session, seconds: float) -> None:
    """Shift all waits when the wall clock was changed, so that none ends too early or too late."""
    moved = timedelta(seconds=seconds)
    for row in session.scalars(select(Trigger).where(Trigger.status == TriggerStatus.WAITING)):
        row.first_at += moved
        row.waiting_until += moved
        row.due_since = row.due_since and row.due_since + moved
