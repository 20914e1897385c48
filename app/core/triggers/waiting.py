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
    """Each event of an item begins its wait anew, up to a cap; Tautulli has waited itself."""

    seconds: int

    @property
    def cap(self) -> timedelta:
        return timedelta(seconds=max(self.seconds, min(CAP_FACTOR * self.seconds, LONGEST_SECONDS)))

    def until(self, kind: str, moment: datetime, first: datetime) -> datetime:
        if kind != "arr":
            return moment
        return min(moment + timedelta(seconds=self.seconds), first + self.cap)


def shift(session: Session, seconds: float) -> None:
    """Follow a wall clock that was moved, so that nobody waits for a time that is long over or far away."""
    moved = timedelta(seconds=seconds)
    for row in session.scalars(select(Trigger).where(Trigger.status == TriggerStatus.WAITING)):
        row.first_at += moved
        row.waiting_until += moved
        row.due_since = row.due_since and row.due_since + moved
