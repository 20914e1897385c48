"""A picture has always the same process, and many pictures have all of them."""

from collections import Counter

import pytest

from app.core.previews import engine_pool
from app.core.previews.engine_pool import EnginePool, processes_of_worker
from app.core.previews.small_sources import small_address


def make_pool(processes=2):
    return EnginePool(lambda: pytest.fail("nothing was asked for"), processes)


def test_pictures_are_shared_out_and_each_keeps_its_process():
    pool = make_pool()
    orders = [{"asset": f"Movies/Film {n} (2000)/poster.jpg", "design": "a"} for n in range(60)]
    counts = Counter(pool.pipes.index(pool.pipe_for(order)) for order in orders)
    assert min(counts.values()) > 15 and len(counts) == 2
    assert all(pool.pipe_for(order) is pool.pipe_for({**order, "design": "b"}) for order in orders)
    assert pool.pipe_for({"kind": "poster"}) is pool.pipes[0]
    pool.close()


def test_a_name_that_is_no_text_has_a_process_too():
    assert make_pool(1).pipe_for({"asset": "\udcff.jpg"})


@pytest.mark.parametrize(
    ("cores", "workers", "processes"), [(1, 1, 1), (2, 1, 2), (8, 1, 2), (4, 4, 1), (2, 8, 1)]
)
def test_workers_have_a_process_for_each_core_that_they_have(monkeypatch, cores, workers, processes):
    monkeypatch.setattr(engine_pool.os, "sched_getaffinity", lambda _: range(cores), raising=False)
    assert processes_of_worker(workers) == processes


@pytest.mark.parametrize(
    ("address", "small"),
    [
        ("https://image.tmdb.org/t/p/original/a.jpg", "https://image.tmdb.org/t/p/w780/a.jpg"),
        ("https://artworks.thetvdb.com/banners/a.jpg", "https://artworks.thetvdb.com/banners/a.jpg"),
    ],
)
def test_a_small_drawing_is_made_of_a_small_copy_where_the_provider_has_one(address, small):
    assert small_address(address) == small
