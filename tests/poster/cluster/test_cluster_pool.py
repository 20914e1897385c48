"""Pictures drawn by real workers, which differ, die, stand still and come back."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from PIL import Image

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.applying.pool import PoolClosed
from app.poster.applying.pools import open_pool
from app.poster.cluster import cluster_worker, roll
from app.poster.cluster.cluster_pool import ClusterPool
from app.poster.drawing.design import PictureError
from app.poster.planning.ingredients import DRAWING_VERSION
from app.poster.records.candidate import Typography
from app.poster.text.fonts import FOLDER
from tests.poster.cluster.clusters import copy_code, running_cluster
from tests.poster.pictures import make_bytes, make_design, make_lettering

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

DRAW = "poster/applying/draw_order.py"
# On a picture of this width the worker's process ends as by a fault of a decoder.
POISON_WIDTH = 333
POISONED = (
    "    source = order.picture\n",
    f"    source = order.picture\n    if order.design.size[0] == {POISON_WIDTH}:\n"
    "        import os\n\n        os.kill(os.getpid(), 9)\n",
)


def order_of(number: int, size=(400, 600)) -> DrawOrder:
    picture = Image.new("RGB", (400, 600), "navy")
    picture.paste("gold", (100, 100, 300, 200 + number))
    lettering = make_lettering(f"Film {number}", font=FOLDER / "FiraSansExtraCondensed-Bold.ttf")
    return DrawOrder(make_bytes(picture), make_design(size, letterings=(lettering,)))


class Drawn:
    """Counts what this machine draws itself."""

    def __init__(self, pool: ClusterPool):
        self.here = 0
        self._draw = pool._local.draw
        pool._local.draw = self._count

    def _count(self, order):
        self.here += 1
        return self._draw(order)


@contextmanager
def opened_pool(cluster, notes):
    with closing(open_pool(cluster.address, notes.append)) as pool:
        assert isinstance(pool, ClusterPool)
        yield pool, Drawn(pool)


def wait_until(condition) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def notes():
    return []


def test_workers_draw_the_same_bytes_whatever_their_threads(tmp_path, notes):
    orders = [order_of(number) for number in range(24)]
    with running_cluster(tmp_path, 1) as cluster:
        cluster.add_worker(threads=4)
        with opened_pool(cluster, notes) as (pool, drawn), ThreadPoolExecutor(pool.callers) as threads:
            assert pool.callers == 8 * 5 + 3
            assert list(threads.map(pool.draw, orders)) == [draw_order(order) for order in orders]
            with pytest.raises(PictureError, match="known format"):
                pool.draw(DrawOrder(b"nothing", make_design()))
    assert (drawn.here, notes) == (0, [])


def test_pictures_that_wait_share_a_task_and_each_has_its_own_outcome(tmp_path, notes, monkeypatch):
    tasks = []
    answer = cluster_worker.ClusterWorker._answer
    monkeypatch.setattr(
        cluster_worker.ClusterWorker,
        "_answer",
        lambda worker, batch, task: tasks.append(len(batch)) or answer(worker, batch, task),
    )
    orders = [order_of(one) if one % 2 else DrawOrder(b"nothing", make_design()) for one in range(12)]
    with (
        running_cluster(tmp_path, 1) as cluster,
        opened_pool(cluster, notes) as (pool, drawn),
        ThreadPoolExecutor(12) as threads,
    ):
        pictures = [threads.submit(pool.draw, order) for order in orders]
        for order, picture in zip(orders, pictures, strict=True):
            if order.picture == b"nothing":
                assert "known format" in str(picture.exception(60))
            else:
                assert picture.result(60) == draw_order(order)
    assert (drawn.here, notes) == (0, [])
    assert sum(tasks) == len(orders) and 1 < max(tasks) <= 4, tasks


def test_a_font_is_sent_once_to_each_worker(tmp_path, notes, monkeypatch):
    (tmp_path / "Own.ttf").write_bytes((FOLDER / "BlackHanSans-Regular.ttf").read_bytes())
    sent = []
    send = cluster_worker.ClusterWorker._send
    monkeypatch.setattr(
        cluster_worker.ClusterWorker,
        "_send",
        lambda worker, content: sent.append((worker, len(content))) or send(worker, content),
    )
    designs = [
        make_design(letterings=(make_lettering(f"Film {one}", font=tmp_path / "Own.ttf"),))
        for one in range(8)
    ]
    orders = [DrawOrder(Typography(f"Film {one}"), design) for one, design in enumerate(designs)]
    orders += [DrawOrder(order_of(one).picture, designs[one]) for one in range(8)]
    with running_cluster(tmp_path, 2) as cluster, opened_pool(cluster, notes) as (pool, _):
        assert list(ThreadPoolExecutor(4).map(pool.draw, orders)) == [draw_order(order) for order in orders]
    fonts = [worker for worker, size in sent if size == (tmp_path / "Own.ttf").stat().st_size]
    assert len(fonts) == len(set(fonts)) <= 2 and len(sent) == len(fonts) + 8


# What a worker of another installation has changed, and what of it the refusal names.
OTHERS = {
    "drawing version": (
        {"changes": {"poster/planning/ingredients.py": ('DRAWING_VERSION = "', 'DRAWING_VERSION = "0')}},
        f"its drawing version is 0{DRAWING_VERSION}, here it is {DRAWING_VERSION}",
    ),
    "version": ({"changes": {"VERSION": ("", "0.0-")}}, "its Posterizarr Server is 0.0-"),
    "no fonts": ({"has_fonts": False}, "it cannot draw"),
    "an error": (
        {"changes": {DRAW: ("return draw(source", "raise SystemError\n    return draw(source")}},
        "SystemError",
    ),
    "not installed": ({"changes": {DRAW: ("from app", "from missing_room")}}, "ModuleNotFoundError"),
}


def test_workers_that_would_draw_something_else_are_refused(tmp_path, notes):
    with running_cluster(tmp_path / "cluster") as cluster:
        for name, (options, _) in OTHERS.items():
            cluster.add_worker(copy_code(tmp_path / name, **options))
        with opened_pool(cluster, notes) as (pool, drawn):
            assert pool.draw(order_of(1)) == draw_order(order_of(1)) and drawn.here == 1
            cluster.add_worker()
            wait_until(lambda: pool._roll.places == 1)
            assert pool.draw(order_of(2)) == draw_order(order_of(2)) and drawn.here == 1
    (nobody,) = (note for note in notes if "refused" not in note)
    assert "no worker for us" in nobody and len(notes) == len(OTHERS) + 1
    assert all(any(why in note for note in notes) for _, why in OTHERS.values()), notes


def test_a_picture_that_ends_its_worker_takes_no_other_worker_along(tmp_path, notes):
    code = copy_code(tmp_path / "other", changes={DRAW: POISONED})
    poison = order_of(1, (POISON_WIDTH, 500))
    with running_cluster(tmp_path / "cluster") as cluster:
        workers = [cluster.add_worker(code) for _ in range(3)]
        with opened_pool(cluster, notes) as (pool, drawn):
            assert pool.draw(poison) == draw_order(poison)
            assert sorted(worker.poll() is None for worker in workers) == [False, True, True]
            assert drawn.here == 1
            assert pool.draw(order_of(2)) == draw_order(order_of(2)) and drawn.here == 1
    (note,) = notes
    assert "its worker ended" in note


def test_a_worker_that_stands_still_loses_its_picture_and_gets_no_other(tmp_path, notes, monkeypatch):
    monkeypatch.setattr(cluster_worker, "LONGEST_SECONDS", 2.0)
    with running_cluster(tmp_path, 1) as cluster, opened_pool(cluster, notes) as (pool, drawn):
        cluster.workers[0].send_signal(signal.SIGSTOP)
        assert pool.draw(order_of(1)) == draw_order(order_of(1))
        assert (drawn.here, pool._roll.places) == (1, 0)
        assert pool.draw(order_of(2)) == draw_order(order_of(2)) and drawn.here == 2
    (note,) = notes
    assert "did not finish" in note


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_scheduler_that_is_lost_midway_leaves_the_rest_to_this_machine(
    tmp_path, notes, monkeypatch, number
):
    monkeypatch.setattr(roll, "LONGEST_ANSWER", 2.0)
    orders = [order_of(one) for one in range(12)]
    with running_cluster(tmp_path, 2) as cluster, opened_pool(cluster, notes) as (pool, drawn):
        first = [pool.draw(order) for order in orders[:2]]
        cluster.scheduler.send_signal(number)
        rest = list(ThreadPoolExecutor(4).map(pool.draw, orders[2:]))
        assert first + rest == [draw_order(order) for order in orders]
        wait_until(lambda: any("scheduler is lost" in note for note in notes))
        assert drawn.here <= 10
    assert len(notes) <= 2, notes


def test_a_pool_that_is_closed_gives_up_what_it_draws(tmp_path, notes):
    with running_cluster(tmp_path, 1) as cluster, ThreadPoolExecutor(1) as threads:
        with opened_pool(cluster, notes) as (pool, _):
            cluster.workers[0].send_signal(signal.SIGSTOP)
            begun = threads.submit(pool.draw, order_of(1))
            wait_until(lambda: pool._roll.take().load)
        assert isinstance(begun.exception(30), PoolClosed)
