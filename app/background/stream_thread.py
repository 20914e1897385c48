"""One thread keeps all open streams of a worker: it reads, writes, and looks for what is new."""

import selectors
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Protocol

from app.background.background_thread import BackgroundThread
from app.background.open_stream import AT_ONCE, OpenStream
from app.core.live.channels import Close

LOOK_SECONDS = 0.25
KEEP_ALIVE_SECONDS = 15.0
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Feed(Protocol):
    """Where streams of one subject get their messages."""

    def join(self, stream: OpenStream) -> None: ...

    def leave(self, stream: OpenStream) -> None: ...

    def look(self) -> None: ...


class StreamThread(BackgroundThread):
    """Owns the sockets of all streams; other threads reach it through `adopt` and `call`."""

    name = "streams"

    def __init__(self, feeds: dict[str, Feed]):
        super().__init__()
        self.feeds = feeds
        self.streams: set[OpenStream] = set()
        self.calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.selector = selectors.DefaultSelector()
        self.bell_in, self.bell_out = socket.socketpair()
        self.bell_in.setblocking(False)
        self.bell_out.setblocking(False)
        self.selector.register(self.bell_out, READ)
        self.look_due = self.keep_alive_due = 0.0

    def adopt(self, stream: OpenStream, opening: bytes, received: bytes) -> None:
        """Keep a stream from now on: send its opening, and answer what its client has sent already."""
        self.call(lambda: self.take_in(stream, opening, received))

    def call(self, function: Callable[[], None]) -> None:
        """Have the thread call a function; any thread may ask for it."""
        self.calls.put(function)
        self.wake()

    def open_streams(self) -> set[OpenStream]:
        """A copy of the set of streams; any thread may ask for it."""
        return self.streams.copy()

    def wake(self) -> None:
        with suppress(OSError):  # a full pipe wakes as well, and a closed one nobody
            self.bell_in.send(b"!")

    def stop(self, timeout: float = 5.0) -> None:
        self.call(self.stopping.set)
        super().stop(timeout)

    def tick(self) -> bool:
        now = time.monotonic()
        due = min(self.look_due, self.keep_alive_due) if self.streams else now + KEEP_ALIVE_SECONDS
        for key, mask in self.selector.select(max(0.0, due - now)):
            self.serve(key.data, mask) if key.data else self.answer_bell()
        if self.streams:
            self.do_what_is_due()
        self.flush(list(self.streams))
        return True

    def answer_bell(self) -> None:
        with suppress(BlockingIOError):
            self.bell_out.recv(AT_ONCE)
        with suppress(Empty):
            while True:
                self.calls.get_nowait()()

    def take_in(self, stream: OpenStream, opening: bytes, received: bytes) -> None:
        if not self.streams:
            self.keep_alive_due = time.monotonic() + KEEP_ALIVE_SECONDS
        self.streams.add(stream)
        self.selector.register(stream.client, READ, stream)
        stream.queue(opening)
        if received:
            stream.queue(stream.wanted.channel.receive(received))
        self.feeds[stream.subject].join(stream)

    def serve(self, stream: OpenStream, mask: int) -> None:
        if mask & READ and not stream.read():
            self.forget(stream)

    def do_what_is_due(self) -> None:
        now = time.monotonic()
        if now >= self.look_due:
            self.look_due = now + LOOK_SECONDS
            for feed in self.feeds.values():
                feed.look()
            self.drop_overdue(now)
        if now >= self.keep_alive_due:
            self.keep_alive_due = now + KEEP_ALIVE_SECONDS
            for stream in self.streams:
                stream.queue(b"" if stream.is_closing else stream.wanted.channel.keep_alive())

    def drop_overdue(self, now: float) -> None:
        for stream in [stream for stream in self.streams if stream.is_overdue(now)]:
            self.forget(stream)

    def flush(self, streams: Iterable[OpenStream]) -> None:
        """Write what can be written; the selector reports when there is room for the rest."""
        for stream in streams:
            if stream.has_unsent and not stream.write():
                self.forget(stream)
                continue
            wanted = READ | WRITE if stream.has_unsent else READ
            if self.selector.get_key(stream.client).events != wanted:
                self.selector.modify(stream.client, wanted, stream)

    def end_refused(self, refused: Iterable[OpenStream]) -> None:
        """End streams whose credentials are no longer valid."""
        for stream in self.streams.intersection(refused):
            stream.end(Close.REFUSED, "The credentials are no longer valid.")

    def forget(self, stream: OpenStream) -> None:
        self.streams.discard(stream)
        self.feeds[stream.subject].leave(stream)
        self.selector.unregister(stream.client)
        stream.close()

    def close(self) -> None:
        """Close all sockets without a close frame: the existing web page connects again only after that."""
        for stream in list(self.streams):
            self.forget(stream)
        self.selector.close()
        self.bell_in.close()
        self.bell_out.close()
