"""The one cache of this application: values by key, each valid for one state and some seconds."""

import math
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from cachetools import TLRUCache

LOCKS = 16


class Cached(NamedTuple):
    """A value with the state that it was computed for, and the seconds that it is valid for."""

    value: Any
    state: Hashable
    seconds: float


class StateCache:
    """Drops values after their time and, beyond `room`, the least recently used; safe among threads.

    A value is returned for the state that it was stored for only, such as the fingerprint of its file.
    `size` measures a value in the unit of `room`, which counts values without it.
    """

    def __init__(
        self,
        room: float = 1,
        seconds: float = math.inf,
        size: Callable[[Any], float] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.room = room
        self.seconds = seconds
        self.size = size or (lambda value: 1)
        self.gate = threading.RLock()
        self.entries: TLRUCache[Hashable, Cached] = TLRUCache(
            room,
            ttu=lambda key, cached, now: now + cached.seconds,
            timer=clock,
            getsizeof=lambda cached: self.size(cached.value),
        )
        self.building = [threading.Lock() for _ in range(LOCKS)]

    def find(self, key: Hashable, state: Hashable = None) -> Cached | None:
        """The stored value, None where there is none for this state."""
        with self.gate:
            cached = self.entries.get(key)
        return cached if cached is not None and cached.state == state else None

    def store(self, key: Hashable, value: Any, state: Hashable = None, seconds: float | None = None) -> Any:
        """Store a value and return it; one larger than the whole room is not stored."""
        cached = Cached(value, state, self.seconds if seconds is None else seconds)
        if self.size(value) <= self.room:
            with self.gate:
                self.entries[key] = cached
        return value

    def value(self, key: Hashable, compute: Callable[[], Any], state: Hashable = None) -> Any:
        """The stored value of this state, else the computed one; concurrent callers may compute it twice."""
        cached = self.find(key, state)
        return cached.value if cached else self.store(key, compute(), state)

    def built(self, key: Hashable, build: Callable[[], Any], state: Hashable = None) -> Any:
        """Like `value` for what takes long: concurrent callers of a key wait for the one that builds it."""
        cached = self.find(key, state)
        if cached:
            return cached.value
        with self.building[hash(key) % LOCKS]:
            return self.value(key, build, state)

    def clear(self) -> None:
        with self.gate:
            self.entries.clear()
