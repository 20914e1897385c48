"""A thread beside that of the streams for all that may have to wait for the database."""

from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.background.stream_thread import StreamThread
from app.core.errors import ApplicationError


class StreamWatch(BackgroundThread):
    """Ends the streams whose credentials are no longer valid; a silent database ends none."""

    name = "stream watch"
    passing = (SQLAlchemyError, ApplicationError, OSError)

    def __init__(self, streams: StreamThread):
        super().__init__()
        self.streams = streams

    def tick(self) -> None:
        refused = [stream for stream in self.streams.open_streams() if not stream.wanted.is_admitted()]
        if refused:
            self.streams.call(lambda: self.streams.end_refused(refused))
