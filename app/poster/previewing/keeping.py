"""Things that are costly to make, kept below a weight; what was not used for longest goes first."""

from collections import OrderedDict
from typing import Generic, TypeVar

Value = TypeVar("Value")


class WeightedCache(Generic[Value]):
    """Values by key, together at most `most` heavy; one that is heavier alone is not kept."""

    def __init__(self, most: int):
        self.most = most
        self.weight = 0
        self._kept: OrderedDict[tuple, tuple[Value, int]] = OrderedDict()

    def get(self, key: tuple) -> Value | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def keep(self, key: tuple, value: Value, weight: int) -> Value:
        """The value itself."""
        self.drop(key)
        if weight > self.most:
            return value
        self._kept[key] = value, weight
        self.weight += weight
        while self.weight > self.most:
            _, (_, freed) = self._kept.popitem(last=False)
            self.weight -= freed
        return value

    def drop(self, key: tuple) -> None:
        _, freed = self._kept.pop(key, (None, 0))
        self.weight -= freed
