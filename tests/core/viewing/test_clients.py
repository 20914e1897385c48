"""The geometry of the clients: marks lie on their tiles, where each client has them."""

import pytest

from app.core.viewing.clients import (
    PROGRESS,
    TALL,
    VIEWS,
    WIDE,
    Mark,
    ScreenTile,
)


@pytest.mark.parametrize(
    ("mark", "box"),
    [
        (Mark("count", 20, 10), (0.9, 0, 1, 0.1)),
        (Mark("count", 20, 10, inset=10), (0.8, 0.05, 0.9, 0.15)),
        (Mark("progress", 20), (0, 0.9, 1, 1)),
        (Mark("progress", 20, inset=10), (0.1, 0.85, 0.9, 0.95)),
    ],
)
def test_a_mark_is_in_the_top_right_corner_or_along_the_foot(mark, box):
    assert mark.box(ScreenTile(100, 200)) == pytest.approx(box)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@pytest.mark.parametrize("shape", [TALL, WIDE])
def test_every_mark_of_a_client_lies_on_its_tile(view, shape):
    for mark in view.marks:
        left, top, right, bottom = mark.box(view.tile(shape))
        assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1
        assert (mark.name == PROGRESS) == (mark.width is None)
