"""How many streams may be open at a time: in one process, and for one caller."""

import threading
from collections import Counter

from app.core.access.lockout import counted_address
from app.core.errors import TooMany, Unavailable

MOST_STREAMS = 400
# Many pages of one household, or of all callers behind one proxy that is not trusted.
MOST_OF_ONE_CALLER = 120
RETRY_SECONDS = 30


class StreamPlace:
    """The right to one open stream, to be given back once."""

    def __init__(self, places: "StreamPlaces", address: str):
        self.places = places
        self.address = address
        self.is_given_back = False

    def give_back(self) -> None:
        self.places.take_back(self)


class StreamPlaces:
    """Counts the open streams of this process by the addresses of their callers; safe among threads."""

    def __init__(self):
        self.gate = threading.Lock()
        self.taken: Counter[str] = Counter()
        # Only the worker that keeps sockets open sets this.
        self.is_served = False

    def take(self, address: str | None) -> StreamPlace:
        """A place for this caller, else `TooMany` or `Unavailable`."""
        counted = counted_address(address)
        with self.gate:
            if not self.is_served or self.taken.total() >= MOST_STREAMS:
                raise Unavailable("This server has no room for another stream. Try again later.")
            if self.taken[counted] >= MOST_OF_ONE_CALLER:
                detail = f"{MOST_OF_ONE_CALLER} streams of this address are open; close some of them."
                raise TooMany(detail, RETRY_SECONDS)
            self.taken[counted] += 1
        return StreamPlace(self, counted)

    def take_back(self, place: StreamPlace) -> None:
        with self.gate:
            if not place.is_given_back:
                place.is_given_back = True
                self.taken[place.address] -= 1
                self.taken += Counter()  # drops addresses without a stream
