"""Streams of events begin where their clients stand, and nothing is lost without a word."""

import pytest

from app.core.live import event_feed
from app.core.live.event_feed import EventFeed
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
def feed():
    return EventFeed()


def join(feed, last_id=None):
    stream = Stream(last_id)
    feed.join(stream)
    feed.publish([])
    return stream


def publish(feed, *kinds):
    feed.publish([LiveEvent(kind, {}) for kind in kinds])


def test_a_new_client_is_connected_once_changes_are_seen_and_gets_what_follows(feed):
    stream = Stream()
    feed.join(stream)
    assert stream.sent == []
    publish(feed, "a", "b")
    assert stream.kinds == ["connected", "a", "b"] and stream.sent[0].fields == {"resumed": False}


@pytest.mark.parametrize("missed", [(), ("b", "c")])
def test_a_client_that_comes_back_gets_what_it_missed(feed, missed):
    stream = join(feed)
    publish(feed, "a")
    feed.leave(stream)
    publish(feed, *missed)
    back = join(feed, stream.last_id)
    publish(feed, "d")
    assert back.kinds == ["connected", *missed, "d"] and back.sent[0].fields == {"resumed": True}
    assert [message.id for message in back.sent][1:] == sorted({message.id for message in back.sent[1:]})


def test_a_client_that_missed_more_than_is_kept_loads_all_anew(feed):
    feed.log = EventLog(room=2)
    stream = join(feed)
    feed.leave(stream)
    publish(feed, "a", "b", "c")
    back = join(feed, stream.last_id)
    assert back.kinds == ["connected", "reset"] and back.last_id == feed.log.position


@pytest.mark.parametrize(
    "position", ["", "x", "-", "00000000-1", "{0}-", "{0}-9", "{0}--1", "{0}-\u0663", "{0}-0x0"]
)
def test_a_position_of_another_process_or_none_at_all_is_reset(feed, position):
    stream = join(feed, position.format(feed.log.epoch))
    assert stream.kinds == ["connected", "reset"]


def test_after_a_time_without_looks_nothing_is_resumed(feed):
    stream = join(feed)
    feed.leave(stream)
    feed.begin_anew()
    assert join(feed, stream.last_id).kinds == ["connected", "reset"]


def test_what_is_not_kept_is_not_repeated(feed):
    stream, other = join(feed), join(feed)
    feed.leave(stream)
    feed.publish([LiveEvent("run_progress", {"percent": 5}, is_kept=False)])
    assert other.kinds == ["connected", "run_progress"] and other.sent[-1].id == ""
    assert join(feed, stream.last_id).kinds == ["connected"]


def test_events_are_looked_for_while_somebody_listens_and_for_a_while_after(feed, monkeypatch):
    assert not feed.is_wanted
    first, second = join(feed), join(feed)
    feed.leave(first)
    assert feed.wanted_until == float("inf")
    feed.leave(second)
    assert feed.is_wanted and feed.wanted_until < float("inf")
    monkeypatch.setattr(event_feed, "REMEMBERED_SECONDS", -1)
    feed.leave(join(feed))
    assert not feed.is_wanted


def test_clients_see_now_and_then_that_the_stream_is_alive(feed):
    stream = join(feed)
    feed.look()
    feed.look()
    assert stream.kinds == ["connected", "ping"]
