"""Draws on the workers of a cluster, and on this machine whatever they do not draw."""

from collections.abc import Callable
from threading import Lock, Thread

from distributed import Client

from app.poster.applying.draw_order import DrawOrder
from app.poster.applying.draw_pool import SPARE_CALLERS
from app.poster.applying.pool import Pool
from app.poster.cluster.cluster_worker import PICTURES_OF_A_PLACE, WorkerTrouble
from app.poster.cluster.packed_order import pack
from app.poster.cluster.roll import Roll
from app.poster.drawing.design import Drawing

LONGEST_GOODBYE = 2.0


class ClusterPool:
    """A Pool: each order is tried on one worker, and where that fails drawn by `local`.

    `callers` keep each place busy with one task of pictures while the next one is fetched and sent.
    """

    def __init__(self, client: Client, roll: Roll, local: Pool, note: Callable[[str], None]):
        self.callers = max(PICTURES_OF_A_PLACE * roll.places + SPARE_CALLERS, local.callers)
        self._client = client
        self._roll = roll
        self._local = local
        self._note = note
        self._lock = Lock()
        self._has_noted = False

    def draw(self, order: DrawOrder) -> Drawing:
        """The same bytes as those of the local pool, and its errors."""
        worker = self._roll.take()
        if worker is None:
            return self._local.draw(order)
        try:
            return worker.draw(*pack(order))
        except (WorkerTrouble, OSError) as error:
            self._note_once(error)
            return self._local.draw(order)
        finally:
            worker.free_place()

    def close(self) -> None:
        """End the local processes and leave the cluster, which gives up our pictures."""
        self._local.close()
        self._roll.end()
        # A scheduler that is gone does not hold up the end of the run.
        leaving = Thread(target=self._client.close, args=(LONGEST_GOODBYE,), daemon=True)
        leaving.start()
        leaving.join(LONGEST_GOODBYE)

    def _note_once(self, error: Exception) -> None:
        with self._lock:
            is_first, self._has_noted = not self._has_noted, True
        if is_first:
            self._note(f"A picture was not drawn by the cluster ({error}); this machine drew it")
