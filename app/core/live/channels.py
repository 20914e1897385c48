"""The two ways to a client: web socket and event stream; they turn messages into bytes and back."""

from enum import IntEnum
from typing import Protocol

from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import CloseConnection, Ping

from app.core.live.message import StreamMessage

# More than pongs of many days; nothing else is expected of a client.
MOST_RECEIVED = 1024 * 1024
LONGEST_REASON = 120
RETRY_MILLISECONDS = 2000


class Close(IntEnum):
    """Why the server closes a web socket."""

    REFUSED = 1008  # the credentials are no longer valid
    TOO_MUCH = 1009
    TOO_SLOW = 1013


class Channel(Protocol):
    """How messages travel to one client; no method waits or touches a socket."""

    has_ended: bool

    def opening(self) -> bytes:
        """What follows the head of the response."""

    def encode(self, message: StreamMessage) -> bytes: ...

    def keep_alive(self) -> bytes:
        """What shows proxies and clients that an idle stream is alive."""

    def receive(self, data: bytes) -> bytes:
        """The answer to what the client sent; `has_ended` is true once the client has closed the stream."""

    def closing(self, code: Close, reason: str) -> bytes:
        """What ends the stream."""


class WebSocketChannel:
    """A web socket behind its handshake; what the client says is read and dropped."""

    def __init__(self):
        self.connection = Connection(ConnectionType.SERVER)
        self.has_ended = False
        self.received = 0

    def opening(self) -> bytes:
        return b""

    def encode(self, message: StreamMessage) -> bytes:
        return message.as_frame

    def keep_alive(self) -> bytes:
        return self.connection.send(Ping()) if self.is_open else b""

    @property
    def is_open(self) -> bool:
        return self.connection.state is ConnectionState.OPEN

    def receive(self, data: bytes) -> bytes:
        self.received += len(data)
        if self.has_ended:
            return b""
        if self.received > MOST_RECEIVED:
            self.has_ended = True
            return self.closing(Close.TOO_MUCH, "This stream takes no messages.")
        self.connection.receive_data(data)
        return b"".join(self.reply(event) for event in self.connection.events())

    def reply(self, event) -> bytes:
        if isinstance(event, Ping):
            return self.connection.send(event.response()) if self.is_open else b""
        if not isinstance(event, CloseConnection):
            return b""
        self.has_ended = True
        # In any other state this side has sent its close frame already.
        can_answer = self.connection.state in (ConnectionState.OPEN, ConnectionState.REMOTE_CLOSING)
        return self.connection.send(event.response()) if can_answer else b""

    def closing(self, code: Close, reason: str) -> bytes:
        if not self.is_open:
            return b""
        return self.connection.send(CloseConnection(code=code, reason=reason[:LONGEST_REASON]))


class EventChannel:
    """An event stream, as browsers read it with EventSource."""

    has_ended = False

    def opening(self) -> bytes:
        return f"retry: {RETRY_MILLISECONDS}\n\n".encode()

    def encode(self, message: StreamMessage) -> bytes:
        return message.as_event

    def keep_alive(self) -> bytes:
        return b":\n\n"

    def receive(self, data: bytes) -> bytes:
        return b""

    def closing(self, code: Close, reason: str) -> bytes:
        """An event without an id; browsers connect again when the connection ends."""
        return StreamMessage("closing", {"code": int(code), "reason": reason}).as_event
