"""The life of triggers as events: received, changed, removed."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.live.event_log import MOST_AT_ONCE, LiveEvent, reset
from app.core.triggers.listing import describe_triggers
from app.models import OPEN, Trigger, TriggerStatus

WATCHED = (*OPEN, TriggerStatus.FAILED)


class TriggerEvents:
    """Compares the triggers that are not done with those of the last look."""

    def __init__(self):
        self.known: dict[int, str] | None = None
        self.newest = 0

    def read(self, session: Session) -> list[LiveEvent]:
        known, before = self.known, self.newest
        self.newest = session.scalar(select(func.max(Trigger.id))) or 0
        query = select(Trigger.id, Trigger.status).where(Trigger.status.in_(WATCHED))
        self.known = {number: status for number, status in session.execute(query)}
        if known is None:
            return []
        passed = select(Trigger.id).where(Trigger.id > before).limit(MOST_AT_ONCE + 1)
        changed = {number for number, _ in known.items() ^ self.known.items()} | set(session.scalars(passed))
        if len(changed) > MOST_AT_ONCE:
            return [reset("triggers")]
        return trigger_events(session, changed, known, before)


def trigger_events(
    session: Session, changed: Iterable[int], known: dict[int, str], newest: int
) -> list[LiveEvent]:
    if not changed:
        return []
    rows = list(session.scalars(select(Trigger).where(Trigger.id.in_(changed)).order_by(Trigger.id)))
    events = [
        LiveEvent("trigger_received" if fields["id"] > newest else "trigger_changed", fields)
        for fields in describe_triggers(session, rows)
    ]
    gone = sorted(known.keys() & set(changed) - {row.id for row in rows})
    return [*events, *(LiveEvent("trigger_removed", {"id": number}) for number in gone)]
