"""The open streams of one worker and their threads, which start with the first stream."""

import socket

from app.background.open_stream import OpenStream
from app.background.stream_thread import StreamThread
from app.background.stream_watch import StreamWatch
from app.core.live.event_feed import EventFeed
from app.core.live.log_feed import LogFeed
from app.core.live.takeover import SocketTaken
from app.extensions import Machine


class LiveStreams:
    """Takes sockets over from requests."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.events = EventFeed()
        self.thread: StreamThread | None = None
        self.watch: StreamWatch | None = None

    def open(self) -> None:
        """From now on views may open streams in this process."""
        self.machine.stream_places.is_served = True

    def adopt(self, client: socket.socket, taken: SocketTaken, received: bytes) -> None:
        """Keep a socket open as a stream; `received` is what its client sent behind the request."""
        stream = OpenStream(client, taken.stream)
        opening = taken.head + taken.stream.channel.opening()
        self.running_thread().adopt(stream, opening, received)
        self.thread.call(self.watch.wake)

    def running_thread(self) -> StreamThread:
        """The thread of the streams; a new one, with its watch, where there is none or a fault ended it."""
        if self.thread is None or self.thread.has_ended:
            self.stop()
            self.events = EventFeed()
            self.thread = StreamThread({"logs": self.log_feed(), "events": self.events})
            self.thread.start()
        if self.watch is None or self.watch.has_ended:
            self.watch = StreamWatch(self.machine, self.thread, self.events)
            self.watch.start()
        return self.thread

    def log_feed(self) -> LogFeed:
        return LogFeed(self.machine.paths, self.machine.state, self.machine.secret_values)

    def stop(self) -> None:
        """End the threads, and all streams with them."""
        for thread in filter(None, (self.watch, self.thread)):
            thread.stop()
        self.watch = self.thread = None
