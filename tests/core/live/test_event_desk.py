"""Streams of events begin where their clients stand, and nothing is lost without a word."""

import pytest

from app.core.live import event_desk
from app.core.live.event_desk import EventDesk
from app.core.live.event_log import EventLog, LiveEvent


class Stream:
    def __init__(self, last_id=None):
        self.last_id = last_id
        self.sent = []

    def send(self, message):
        self.sent.append(message)
        self.last_id = message.id or self.last_id

    @property
    def kinds(self):
        return [message.kind for message in self.sent]


@pytest.fixture
def desk():
    return EventDesk()


def join(desk, last_id=None):
    stream = Stream(last_id)
    desk.join(stream)
    desk.publish([])
    return stream


def publish(desk, *kinds):
    desk.publish([LiveEvent(kind, {}) for kind in kinds])


def test_a_new_client_is_connected_once_changes_are_seen_and_gets_what_follows(desk):
    stream = Stream()
    desk.join(stream)
    assert stream.sent == []
    publish(desk, "a", "b")
    assert stream.kinds == ["connected", "a", "b"] and stream.sent[0].fields == {"resumed": False}


@pytest.mark.parametrize("missed", [(), ("b", "c")])
def test_a_client_that_comes_back_gets_what_it_missed(desk, missed):
    stream = join(desk)
    publish(desk, "a")
    desk.leave(stream)
    publish(desk, *missed)
    back = join(desk, stream.last_id)
    publish(desk, "d")
    assert back.kinds == ["connected", *missed, "d"] and back.sent[0].fields == {"resumed": True}
    assert [message.id for message in back.sent][1:] == sorted({message.id for message in back.sent[1:]})


def test_a_client_that_missed_more_than_is_kept_loads_all_anew(desk):
    desk.log = EventLog(room=2)
    stream = join(desk)
    desk.leave(stream)
    publish(desk, "a", "b", "c")
    back = join(desk, stream.last_id)
    assert back.kinds == ["connected", "reset"] and back.last_id == desk.log.position


@pytest.mark.parametrize(
    "position", ["", "x", "-", "00000000-1", "{0}-", "{0}-9", "{0}--1", "{0}-\u0663", "{0}-0x0"]
)
def test_a_position_of_another_process_or_none_at_all_is_reset(desk, position):
    stream = join(desk, position.format(desk.log.epoch))
    assert stream.kinds == ["connected", "reset"]


def test_after_a_time_without_looks_nothing_is_resumed(desk):
    stream = join(desk)
    desk.leave(stream)
    desk.begin_anew()
    assert join(desk, stream.last_id).kinds == ["connected", "reset"]


def test_what_is_not_kept_is_not_repeated(desk):
    stream, other = join(desk), join(desk)
    desk.leave(stream)
    desk.publish([LiveEvent("run_progress", {"percent": 5}, is_kept=False)])
    assert other.kinds == ["connected", "run_progress"] and other.sent[-1].id == ""
    assert join(desk, stream.last_id).kinds == ["connected"]


def test_events_are_looked_for_while_somebody_listens_and_for_a_while_after(desk, monkeypatch):
    assert not desk.is_wanted
    first, second = join(desk), join(desk)
    desk.leave(first)
    assert desk.wanted_until == float("inf")
    desk.leave(second)
    assert desk.is_wanted and desk.wanted_until < float("inf")
    monkeypatch.setattr(event_desk, "REMEMBERED_SECONDS", -1)
    desk.leave(join(desk))
    assert not desk.is_wanted


def test_clients_see_now_and_then_that_the_stream_is_alive(desk):
    stream = join(desk)
    desk.look()
    desk.look()
    assert stream.kinds == ["connected", "ping"]
