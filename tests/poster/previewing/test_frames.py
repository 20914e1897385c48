"""What passes between the server and the program of previews."""

import io

import pytest

from app.core.previews.engine_pipe import frame_of
from app.poster.previewing.frames import BadFrame, read_frame, write_frame
from app.poster.previewing.order import BadOrder, read_preview_order


def test_a_frame_of_the_server_is_read_with_its_contents():
    sent = frame_of({"kind": "poster"}, {"picture": b"\n{", "logo": None})
    assert read_frame(io.BytesIO(sent)) == ({"kind": "poster"}, {"picture": b"\n{", "logo": None})
    assert read_frame(io.BytesIO(b"")) is None


@pytest.mark.parametrize(
    "sent",
    [
        b"no JSON\n",
        b"[1]\n",
        b'{"sizes": [1]}\n',
        b'{"sizes": {"picture": -1}}\n',
        b'{"sizes": {"picture": 9999999999}}\n',
        b'{"sizes": {"picture": 5}}\nab',
        b"[" * 100_000 + b"\n",
    ],
)
def test_anything_else_is_refused(sent):
    with pytest.raises(BadFrame):
        read_frame(io.BytesIO(sent))


def test_an_answer_says_how_long_its_picture_is():
    answers = io.BytesIO()
    write_frame(answers, {"answer": "drawn"}, b"abc")
    assert answers.getvalue() == b'{"answer":"drawn","sizes":{"picture":3}}\nabc'


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"kind": "logo"},
        {"kind": "poster", "width": 5},
        {"kind": "poster", "width": 10**9},
        {"kind": "poster", "settings": {"PosterOverlayPart": 5}},
        {"kind": "poster", "crop": [0, 0, 1]},
        {"kind": "poster", "crop": [0, 0, 1, 2]},
        {"kind": "poster", "title": ["a"]},
    ],
)
def test_orders_that_cannot_be_understood_are_refused(order):
    with pytest.raises(BadOrder):
        read_preview_order(order)
