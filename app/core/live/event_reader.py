"""What has changed since the last look at the shared state and the rows, as events."""

from typing import Protocol

from sqlalchemy.orm import Session

from app.core.live.asset_events import AssetEvents
from app.core.live.event_log import LiveEvent
from app.core.live.run_events import ProgressEvents, RunEvents
from app.core.live.sender_test_events import SenderTestEvents
from app.core.live.trigger_events import TriggerEvents
from app.core.state import SharedState


class EventSource(Protocol):
    """Changes of one kind; the first look finds none, and later ones are compared with it."""

    def read(self, session: Session) -> list[LiveEvent]: ...


class EventReader:
    """Reads the changes of all kinds, in an order in which a client can apply them."""

    def __init__(self, state: SharedState):
        self.kinds: tuple[EventSource, ...] = (
            RunEvents(),
            ProgressEvents(state),
            TriggerEvents(),
            SenderTestEvents(),
            AssetEvents(),
        )
        self.found: list[LiveEvent] = []

    def read(self, session: Session) -> list[LiveEvent]:
        """The events since the last read that succeeded; an error of the database loses none."""
        for kind in self.kinds:
            self.found += kind.read(session)
        found, self.found = self.found, []
        return found
