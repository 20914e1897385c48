"""Pictures drawn in other processes."""

import os
import signal
from multiprocessing import active_children
from threading import Thread

import pytest
from PIL import Image

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.applying.draw_pool import DrawPool
from app.poster.applying.pool import PoolClosed
from app.poster.drawing.design import PictureError
from app.poster.records.candidate import Typography
from tests.poster.pictures import make_bytes, make_design, opened


@pytest.fixture
def pool():
    pool = DrawPool(1)
    yield pool
    pool.close()


def picture_with_a_shape() -> bytes:
    picture = Image.new("RGB", (400, 600), "navy")
    picture.paste("gold", (100, 100, 300, 400))
    return make_bytes(picture)


def test_the_same_order_gives_the_same_bytes_here_and_in_a_process(pool):
    order = DrawOrder(Typography("Nosferatu", "1922"), make_design())
    drawing = pool.draw(order)
    assert drawing == draw_order(order)
    assert opened(drawing).size == (400, 600)
    assert all(drawing.point_sizes)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (make_bytes(Image.new("RGB", (400, 600), "gray"), quality=60), "one flat color"),
        (make_bytes(Image.new("RGB", (1, 1))), "1x1"),
        (make_bytes(Image.new("RGBA", (400, 600), (0, 0, 0, 0)), kind="PNG"), "one flat color"),
        (b"<html>not found</html>", "known format"),
        (picture_with_a_shape()[:-400], "cannot be decoded"),
    ],
)
def test_a_download_that_shows_nothing_is_refused(content, complaint):
    with pytest.raises(PictureError, match=complaint):
        draw_order(DrawOrder(content, make_design()))


def test_a_refusal_comes_back_from_the_process(pool):
    with pytest.raises(PictureError, match="known format"):
        pool.draw(DrawOrder(b"nothing", make_design()))


def test_a_process_that_is_killed_is_replaced(pool):
    order = DrawOrder(picture_with_a_shape(), make_design())
    first = pool.draw(order)
    for number in list(pool._executor._processes):
        os.kill(number, signal.SIGKILL)
    assert pool.draw(order) == first


def test_many_threads_draw_at_once(pool):
    order = DrawOrder(picture_with_a_shape(), make_design())
    drawn = []
    threads = [Thread(target=lambda: drawn.append(pool.draw(order))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 6 and len(set(drawn)) == 1


def test_a_closed_pool_draws_nothing_and_leaves_no_process(pool):
    order = DrawOrder(picture_with_a_shape(), make_design())
    pool.draw(order)
    numbers = list(pool._executor._processes)
    pool.close()
    with pytest.raises(PoolClosed):
        pool.draw(order)
    assert not any(process.pid in numbers for process in active_children())
