"""The newest events of this process, numbered so that a client can resume where it was cut off."""

import secrets
from collections import deque
from typing import Any, NamedTuple

from app.core.live.message import StreamMessage

ROOM = 2000
# Of one kind and between two looks.
MOST_AT_ONCE = 500
LONGEST_POSITION = 64


class LiveEvent(NamedTuple):
    """What happened; one that is not kept is overtaken by the next one of its kind, and not repeated."""

    kind: str
    fields: dict[str, Any]
    is_kept: bool = True


def reset(subject: str) -> LiveEvent:
    """The event of more changes at once than are worth an event each."""
    return LiveEvent(
        "reset", {"subject": subject, "reason": f"Many {subject} changed at once: load them anew."}
    )


class EventLog:
    """Events with positions such as "3f9a1c04-17"; those of another process or time mean nothing here."""

    def __init__(self, room: int = ROOM):
        self.epoch = secrets.token_hex(4)
        self.messages: deque[StreamMessage] = deque(maxlen=room)
        self.last = 0

    @property
    def position(self) -> str:
        return f"{self.epoch}-{self.last}"

    def add(self, event: LiveEvent) -> StreamMessage:
        """The message of an event; one that is kept has a position."""
        if not event.is_kept:
            return StreamMessage(event.kind, event.fields)
        self.last += 1
        message = StreamMessage(event.kind, event.fields, self.position)
        self.messages.append(message)
        return message

    def since(self, position: str) -> list[StreamMessage] | None:
        """What came after the position; None where that is no longer known."""
        epoch, _, number = position[:LONGEST_POSITION].partition("-")
        missed = self.last - int(number) if number.isascii() and number.isdigit() else -1
        if epoch != self.epoch or not 0 <= missed <= len(self.messages):
            return None
        return list(self.messages)[len(self.messages) - missed :]
