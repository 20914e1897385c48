"""The open streams of one worker and their threads, which start with the first stream."""

import socket

from app.background.open_stream import OpenStream
from app.background.stream_thread import StreamThread
from app.background.stream_watch import StreamWatch
from app.core.live.event_desk import EventDesk
from app.core.live.log_desk import LogDesk
from app.core.live.takeover import SocketTaken
from app.extensions import Machine


class LiveStreams:
    """Takes sockets over from requests."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.events = EventDesk()
        self.thread: StreamThread | None = None
        self.watch: StreamWatch | None = None

    def open(self) -> None:
        """From now on views may open streams in this process."""
        self.machine.stream_places.is_served = True

    def adopt(self, client: socket.socket, taken: SocketTaken, heard: bytes) -> None:
        """Keep a socket open as a stream; `heard` is what its client sent behind the request."""
        stream = OpenStream(client, taken.stream)
        opening = taken.head + taken.stream.channel.opening()
        self.running_thread().adopt(stream, opening, heard)
        self.thread.call(self.watch.wake)

    def running_thread(self) -> StreamThread:
        """The thread of the streams; a new one, with its watch, where there is none or a fault ended it."""
        if self.thread is None or self.thread.has_ended:
            self.stop()
            self.events = EventDesk()
            self.thread = StreamThread({"logs": self.log_desk(), "events": self.events})
            self.thread.start()
        if self.watch is None or self.watch.has_ended:
            self.watch = StreamWatch(self.machine, self.thread, self.events)
            self.watch.start()
        return self.thread

    def log_desk(self) -> LogDesk:
        return LogDesk(self.machine.paths, self.machine.state, self.machine.secret_values)

    def stop(self) -> None:
        """End the threads, and all streams with them."""
        for thread in filter(None, (self.watch, self.thread)):
            thread.stop()
        self.watch = self.thread = None
