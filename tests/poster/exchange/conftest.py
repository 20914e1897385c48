"""Pairs of servers that listen for the time of a test."""

from contextlib import ExitStack

import pytest

from tests.doubles.loopback import serving
from tests.poster.exchange.pair import Pair


@pytest.fixture
def open_pair(tmp_path):
    with ExitStack() as opened:

        def open_it(origin, target, worlds=None):
            pair = Pair(origin, target, tmp_path / "data", worlds)
            opened.enter_context(serving(pair.origin))
            opened.enter_context(serving(pair.target))
            return pair

        yield open_it
