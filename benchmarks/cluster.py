"""A cluster of one worker for each core of this machine against the pool of processes on the same cores.

Both draw the same orders, as many threads at once as each asks for, turn by turn, from sources that were not
sent before; each side's best turn counts, since other programs take a share of the cores.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.poster.applying.draw_order import DrawOrder
from app.poster.applying.draw_pool import cores
from app.poster.applying.pool import Pool
from app.poster.applying.pools import open_pool
from app.poster.drawing.overlays import ensure_default_overlays
from benchmarks.drawing import WORKS, make_source
from tests.poster.cluster.clusters import running_cluster

PART = 4 if os.environ.get("QUICK") == "1" else 1
PICTURES, ROUNDS = 60 // PART, 5
# Two posters for each title card, as in the benchmark of the whole run.
MIXED = (WORKS[0], WORKS[0], WORKS[-1])


def measure() -> list[dict]:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_cluster(Path(folder) / "cluster", cores()) as cluster,
    ):
        orders = make_orders(Path(folder))
        notes: list[str] = []
        with (
            closing(open_pool("", notes.append)) as local,
            closing(open_pool(cluster.address, notes.append)) as far,
        ):
            pools = {"local": local, "cluster": far}
            seconds = {
                name: min(turns)
                for name, turns in zip(pools, zip(*rounds(pools, orders), strict=True), strict=True)
            }
        assert not notes, notes
    return [
        {"name": f"of the local pool's images/s by {cores()} workers on {cores()} cores",
         "value": seconds["local"] / seconds["cluster"], "target": 0.85,
         "images/s": PICTURES / seconds["cluster"], "local": PICTURES / seconds["local"]},
    ]  # fmt: skip


def make_orders(folder: Path) -> list[DrawOrder]:
    """Orders of which each has a source of its own, as in a run."""
    ensure_default_overlays(folder)
    sources = {
        work: make_source(folder / f"{number}.jpg", work.source).read_bytes()
        for number, work in enumerate(set(MIXED))
    }
    works = [MIXED[number % len(MIXED)] for number in range(PICTURES)]
    # What follows the end of a JPEG is not decoded, and makes it another file.
    return [
        DrawOrder(sources[work] + b"%d" % number, work.design(folder)) for number, work in enumerate(works)
    ]


def rounds(pools: dict[str, Pool], orders: list[DrawOrder]) -> Iterator[list[float]]:
    """Seconds of each pool for all orders, round by round; the first one, which loads fonts, is left out."""
    for pool in pools.values():
        turn(pool, orders[:8])
    for number in range(ROUNDS):
        fresh = [replace(order, picture=order.picture + b"/%d" % number) for order in orders]
        yield [turn(pool, fresh) for pool in pools.values()]


def turn(pool: Pool, orders: list[DrawOrder]) -> float:
    begun = time.perf_counter()
    with ThreadPoolExecutor(pool.callers) as threads:
        list(threads.map(pool.draw, orders))
    return time.perf_counter() - begun
