"""The streams of events of one process, and what they are sent."""

import math
import time
from collections.abc import Iterable
from typing import Protocol

from app.core.live.event_log import EventLog, LiveEvent
from app.core.live.message import StreamMessage

# A page that loses its connection for less than this misses nothing, even if no other stream is open.
REMEMBERED_SECONDS = 60.0
# Scripts in a browser see neither a ping of the protocol nor a comment.
PING_SECONDS = 15.0
UNKNOWN_POSITION = "Events were missed, or the server was started again: load everything anew."


class EventStream(Protocol):
    """An open stream; `last_id` is the last event that its client has, None for a new client."""

    last_id: str | None

    def send(self, message: StreamMessage) -> None: ...


class EventFeed:
    """Sends events to the streams; a stream begins once the changes that follow it are sure to be seen."""

    def __init__(self):
        self.log = EventLog()
        self.streams: set[EventStream] = set()
        self.waiting: set[EventStream] = set()
        self.wanted_until = -math.inf
        self.ping_due = 0.0

    @property
    def is_wanted(self) -> bool:
        """Whether events are to be looked for; any thread may ask."""
        return time.monotonic() < self.wanted_until

    def join(self, stream: EventStream) -> None:
        """Have the stream wait for the next `publish`, which begins it."""
        self.waiting.add(stream)
        self.wanted_until = math.inf

    def leave(self, stream: EventStream) -> None:
        self.streams.discard(stream)
        self.waiting.discard(stream)
        if not self.streams and not self.waiting and self.wanted_until == math.inf:
            self.wanted_until = time.monotonic() + REMEMBERED_SECONDS

    def look(self) -> None:
        """Show the clients now and then that events would come if there were any."""
        now = time.monotonic()
        if now >= self.ping_due:
            self.ping_due = now + PING_SECONDS
            self.send(StreamMessage("ping"))

    def begin_anew(self) -> None:
        """Forget all events, after a time in which none was looked for."""
        self.log = EventLog()

    def publish(self, events: Iterable[LiveEvent]) -> None:
        for stream in self.waiting:
            self.begin_stream(stream)
        self.streams |= self.waiting
        self.waiting = set()
        for message in map(self.log.add, events):
            self.send(message)

    def send(self, message: StreamMessage) -> None:
        for stream in self.streams:
            stream.send(message)

    def begin_stream(self, stream: EventStream) -> None:
        """Send where the stream stands, and what its client has missed or that it has to load all anew."""
        known = stream.last_id
        missed = None if known is None else self.log.since(known)
        position = self.log.position if missed is None else known
        stream.send(StreamMessage("connected", {"resumed": missed is not None}, position))
        if known is not None and missed is None:
            stream.send(StreamMessage("reset", {"reason": UNKNOWN_POSITION}, position))
        for message in missed or ():
            stream.send(message)
