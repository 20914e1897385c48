"""One pure reader per sender: a payload becomes events, a connection test, or is ignored."""

from app.core.senders.arr import read_arr
from app.core.senders.event import ConnectionTest, Event, Ignored, Reading
from app.core.senders.tautulli import read_tautulli

__all__ = ["ConnectionTest", "Event", "Ignored", "Reading", "read_arr", "read_tautulli"]
