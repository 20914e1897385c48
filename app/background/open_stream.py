"""A socket that is kept open beyond its request, with what is still to be sent to it."""

import socket
import ssl
import time
from collections import deque

from app.core.live.channels import Close
from app.core.live.message import StreamMessage
from app.core.live.takeover import WantedStream

MOST_BUFFERED = 512 * 1024
# How long a client may read nothing of what is queued for it, and how long it may take to close at the end.
UNREAD_SECONDS = 30.0
CLOSE_SECONDS = 2.0
AT_ONCE = 64 * 1024
TRY_LATER = (BlockingIOError, InterruptedError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class OpenStream:
    """One client; only the thread of the streams may call its methods."""

    def __init__(self, client: socket.socket, wanted: WantedStream):
        client.setblocking(False)
        self.client = client
        self.wanted = wanted
        self.log_name, self.last_id = wanted.log_name, wanted.last_id
        self.pieces: deque[bytes] = deque()
        self.buffered = 0
        self.has_begun_piece = False
        self.progress_at = time.monotonic()
        self.closes_at: float | None = None

    @property
    def subject(self) -> str:
        return self.wanted.subject

    @property
    def has_unsent(self) -> bool:
        return bool(self.pieces)

    @property
    def is_closing(self) -> bool:
        return self.closes_at is not None

    def send(self, message: StreamMessage) -> None:
        """Queue a message; a client that is too slow for it is ended."""
        if not self.is_closing:
            self.queue(self.wanted.channel.encode(message))
        if self.buffered > MOST_BUFFERED:
            self.drop_unsent()
            self.end(Close.TOO_SLOW, "The client reads too slowly.")

    def queue(self, data: bytes) -> None:
        if not self.pieces:
            self.progress_at = time.monotonic()
        if data:
            self.pieces.append(data)
            self.buffered += len(data)

    def drop_unsent(self) -> None:
        """Forget what has not been begun; half a message would be no message."""
        kept = [self.pieces[0]] if self.has_begun_piece else []
        self.pieces = deque(kept)
        self.buffered = sum(map(len, kept))

    def end(self, code: Close, reason: str) -> None:
        """Send the reason, and close once the client has closed or has had time for it."""
        if not self.is_closing:
            self.queue(self.wanted.channel.closing(code, reason))
            self.closes_at = time.monotonic() + CLOSE_SECONDS

    def read(self) -> bool:
        """Take in what the client sent; False where it has gone."""
        try:
            data = self.client.recv(AT_ONCE)
            while data and self.has_decrypted_more():
                data += self.client.recv(AT_ONCE)
        except TRY_LATER:
            return True
        except OSError:
            return False
        if not data:
            return False
        self.queue(self.wanted.channel.receive(data))
        if self.wanted.channel.has_ended and not self.is_closing:
            self.closes_at = time.monotonic() + CLOSE_SECONDS
        return True

    def has_decrypted_more(self) -> bool:
        """Whether TLS holds more of the client than was read, of which a selector says nothing."""
        return isinstance(self.client, ssl.SSLSocket) and self.client.pending() > 0

    def write(self) -> bool:
        """Send what the socket takes; False where the client has gone."""
        try:
            while self.pieces:
                self.sent(self.client.send(self.pieces[0]))
        except TRY_LATER:
            return True
        except OSError:
            return False
        return self.finish_writing()

    def sent(self, count: int) -> None:
        piece = self.pieces.popleft()
        self.buffered -= count
        self.progress_at = time.monotonic()
        self.has_begun_piece = count < len(piece)
        if self.has_begun_piece:
            self.pieces.appendleft(piece[count:])

    def finish_writing(self) -> bool:
        """Close this direction of a stream that ends, once all is sent, and read until the client closes."""
        if self.is_closing:
            try:
                self.client.shutdown(socket.SHUT_WR)
            except OSError:
                return False
        return True

    def is_overdue(self, now: float) -> bool:
        """Whether the client has taken nothing for too long, or has not left in time."""
        if self.is_closing:
            return now >= self.closes_at
        return self.has_unsent and now - self.progress_at > UNREAD_SECONDS

    def close(self) -> None:
        self.client.close()
        self.wanted.place.give_back()
