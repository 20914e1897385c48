"""Streams are counted for the process and for each caller."""

import pytest

from app.core.errors import TooMany, Unavailable
from app.core.live import places
from app.core.live.places import StreamPlaces


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr(places, "MOST_STREAMS", 3)
    monkeypatch.setattr(places, "MOST_OF_ONE_CALLER", 2)
    found = StreamPlaces()
    found.is_served = True
    return found


def test_one_caller_cannot_take_all_places(served):
    taken = [served.take("2001:db8::1"), served.take("2001:db8::2")]
    with pytest.raises(TooMany):
        served.take("2001:db8::3")  # the same customer
    other = served.take("192.0.2.1")
    with pytest.raises(Unavailable):
        served.take("192.0.2.2")
    for place in (*taken, other):
        place.give_back()
        place.give_back()
    assert not served.taken
    assert served.take("2001:db8::3")


def test_a_process_that_keeps_no_sockets_has_no_places():
    with pytest.raises(Unavailable):
        StreamPlaces().take("192.0.2.1")
