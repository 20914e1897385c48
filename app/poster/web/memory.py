"""What was asked once in a run is not asked again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any

from app.poster.web.trouble import Trouble, WebTrouble

PASSING_TROUBLES = frozenset((Trouble.TOO_MANY, Trouble.SWITCHED_OFF, Trouble.KEY_REFUSED))


# What a key and its future take themselves, where the weights are bytes.
LEAST_WEIGHT = 500


class RunMemory:
    """Values by key up to a total weight in bytes, the least recently used go first; safe under threads.

    A value that one thread is making is waited for by the others. A WebTrouble is remembered like a value,
    except where the host only wanted to be left alone for a while, or another key may serve.
    """

    def __init__(self, capacity: int):
        self._capacity = capacity
        self._weight = 0
        self._lock = threading.Lock()
        self._futures: OrderedDict[Hashable, Future] = OrderedDict()
        self._weights: dict[Hashable, int] = {}

    def recall(self, key: Hashable, make: Callable[[], Any], weigh: Callable[[Any], int]) -> Any:
        """The value of the key, made where it is not known; what `make` raises is raised."""
        future, is_new = self._claim(key)
        if is_new:
            self._fill(key, future, make, weigh)
        value, trouble = future.result()
        if trouble:
            raise WebTrouble(trouble.trouble, str(trouble), trouble.status)
        return value

    def forget(self, key: Hashable) -> None:
        with self._lock:
            self._drop(key)

    def _claim(self, key: Hashable) -> tuple[Future, bool]:
        with self._lock:
            known = self._futures.get(key)
            if known:
                self._futures.move_to_end(key)
                return known, False
            return self._futures.setdefault(key, Future()), True

    def _fill(self, key: Hashable, future: Future, make: Callable, weigh: Callable) -> None:
        try:
            value = make()
            future.set_result((value, None))
            self._keep(key, weigh(value))
        except WebTrouble as trouble:
            future.set_result((None, trouble))
            self._keep(key, 0, trouble.trouble not in PASSING_TROUBLES)
        finally:
            if not future.done():
                future.cancel()
                self.forget(key)

    def _keep(self, key: Hashable, weight: int, is_lasting: bool = True) -> None:
        with self._lock:
            self._weights[key] = max(weight, LEAST_WEIGHT)
            self._weight += self._weights[key]
            if not is_lasting:
                self._drop(key)
            while self._weight > self._capacity and self._weights:
                self._drop(next(known for known in self._futures if known in self._weights))

    def _drop(self, key: Hashable) -> None:
        self._futures.pop(key, None)
        self._weight -= self._weights.pop(key, 0)
