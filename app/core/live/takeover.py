"""How a view hands its socket on: gunicorn's worker catches this and keeps the connection open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # gunicorn's master loads this module and sends no messages
    from collections.abc import Callable

    from app.core.live.channels import Channel
    from app.core.live.places import StreamPlace

Subject = Literal["logs", "events"]


@dataclass(frozen=True)
class WantedStream:
    """A stream that its view has authorized: of a log, or of the events after an id.

    `is_admitted` may be called from any thread, and is false once the credentials are no longer valid.
    """

    subject: Subject
    channel: Channel
    place: StreamPlace
    is_admitted: Callable[[], bool]
    log_name: str | None = None
    last_id: str | None = None


class SocketTaken(BaseException):
    """Ends a request without a response: `head` and all that follows is for the stream's own thread to send.

    Not an `Exception`, because gunicorn answers each of these with an error.
    """

    def __init__(self, stream: WantedStream, head: bytes):
        super().__init__()
        self.stream = stream
        self.head = head
