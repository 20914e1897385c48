"""The way into a cluster, which never takes longer than a given time."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from distributed import Client

from app.poster.applying.pool import Pool
from app.poster.cluster.cluster_pool import ClusterPool
from app.poster.cluster.roll import Roll, result_of

# Their logs are for their own developers; what concerns a user is said in notes.
LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")
LONGEST_CONNECT = 10.0
SECONDS_TO_SAY_SO = 1.0
LONGEST_ROLL = 30.0


def open_cluster(address: str, local: Pool, note: Callable[[str], None]) -> Pool:
    """A pool of the scheduler's workers, else `local` with a note why."""
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = connect(address, LONGEST_CONNECT)
    if client is None:
        note(f"The cluster {address} does not answer as a scheduler: this machine draws all pictures itself")
        return local
    roll = Roll(client, note)
    roll.begin(LONGEST_ROLL)
    if not roll.places:
        note(
            f"The cluster {address} has no worker for us: this machine draws all pictures until one is there"
        )
    return ClusterPool(client, roll, local, note)


def connect(address: str, seconds: float) -> Client | None:
    """The client, None where no scheduler answers in time; another program at that port may never do."""
    threads = ThreadPoolExecutor(1, "connect")
    attempt = threads.submit(
        Client, address, timeout=seconds, set_as_default=False, direct_to_workers=True, name="posterizarr"
    )
    threads.shutdown(wait=False)
    client = result_of(attempt, seconds + SECONDS_TO_SAY_SO)
    if client is None:
        attempt.add_done_callback(close_late)
    return client


def close_late(attempt: Future) -> None:
    """Leave a scheduler that answered when nobody waited any more."""
    if client := result_of(attempt):
        client.close(0)
