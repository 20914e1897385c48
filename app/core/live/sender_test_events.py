"""The Test buttons of senders as events."""

from sqlalchemy.orm import Session

from app.core.live.event_log import LiveEvent
from app.core.triggers.sender_tests import SenderTest, sender_tests


class SenderTestEvents:
    """Compares the last test of each sender with that of the last look."""

    def __init__(self):
        self.known: dict[str, SenderTest] | None = None

    def read(self, session: Session) -> list[LiveEvent]:
        before, self.known = self.known, sender_tests(session)
        if before is None:
            return []
        fresh = [(sender, test) for sender, test in self.known.items() if before.get(sender) != test]
        return [
            LiveEvent("webhook_tested", {"sender": sender, "at": test.at.isoformat(), "caller": test.caller})
            for sender, test in fresh
        ]
