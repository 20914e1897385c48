"""Of several requests for the same place of a page, the newest counts."""

from collections import OrderedDict
from threading import Lock

from app.core.errors import Conflict

SUPERSEDED = "superseded"
MOST_SLOTS = 500


class Superseded(Conflict):
    """A newer preview was asked for meanwhile."""

    def __init__(self) -> None:
        super().__init__(SUPERSEDED)


class NewestWins:
    """Numbers the requests of each slot; calls come from any thread."""

    def __init__(self) -> None:
        self._gate = Lock()
        self._newest: OrderedDict[str, int] = OrderedDict()
        self._count = 0

    def enter(self, slot: str) -> int:
        """The number of a new request, which is now the newest of its slot."""
        with self._gate:
            self._count += 1
            self._newest[slot] = self._count
            self._newest.move_to_end(slot)
            while len(self._newest) > MOST_SLOTS:
                self._newest.popitem(last=False)
            return self._count

    def require_newest(self, slot: str, number: int) -> None:
        """Raise `Superseded` where a later request of the slot has come."""
        with self._gate:
            if self._newest.get(slot, number) != number:
                raise Superseded
