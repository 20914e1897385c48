"""A thread beside that of the streams for all that may have to wait for the database."""

from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.background.stream_thread import StreamThread
from app.core.errors import ApplicationError
from app.core.live.event_feed import EventFeed
from app.core.live.event_reader import EventReader
from app.extensions import Machine


class StreamWatch(BackgroundThread):
    """Ends streams whose credentials are no longer valid, and looks for events while a stream shows them.

    A database that does not answer ends no stream and loses no event.
    """

    name = "stream watch"
    passing = (SQLAlchemyError, ApplicationError, OSError)

    def __init__(self, machine: Machine, streams: StreamThread, feed: EventFeed):
        super().__init__()
        self.machine, self.streams, self.feed = machine, streams, feed
        self.reader: EventReader | None = None

    def tick(self) -> None:
        self.end_refused()
        self.read_events()

    def end_refused(self) -> None:
        refused = [stream for stream in self.streams.open_streams() if not stream.wanted.is_admitted()]
        if refused:
            self.streams.call(partial(self.streams.end_refused, refused))

    def read_events(self) -> None:
        if not self.feed.is_wanted:
            self.reader = None
            return
        if self.reader is None:
            self.reader = EventReader(self.machine.state)
            self.streams.call(self.feed.begin_anew)
        with self.machine.database.reading() as session:
            events = self.reader.read(session)
        self.streams.call(partial(self.feed.publish, events))
