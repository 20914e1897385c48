"""Look-ups in threads of their own, at a real server on 127.0.0.1."""

import threading

import pytest

from app.background import readiness_lookups
from app.background.readiness_lookups import AT_ONCE, MOST, ReadinessLookUps
from app.core.servers.plex import Plex
from app.core.servers.wanted import Wanted
from tests.doubles import loopback
from tests.doubles.loopback import serving
from tests.doubles.plex import TOKEN, FakePlex, Film
from tests.driving import eventually
from tests.triggers import make_film

ALIEN = Wanted.of(make_film())


@pytest.fixture
def server():
    with serving(FakePlex()) as server:
        yield server
    for thread in threading.enumerate():
        if thread.name == "look-up":
            thread.join(20)


def begun(look_ups, server, *keys):
    for key in keys:
        look_ups.begin(key, Plex(server.url, TOKEN), ALIEN)
    return look_ups


def test_an_answer_is_kept_until_it_is_taken_once(server):
    server.films.append(Film(10, "Alien", 1979))
    look_ups = begun(ReadinessLookUps(), server, "alien")
    assert eventually(lambda: look_ups.take("alien")).is_there
    assert look_ups.take("alien") is None and look_ups.has_room("alien")


def test_a_look_up_without_a_thread_is_answered_and_its_item_can_be_asked_for_again(server, monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    look_ups = begun(ReadinessLookUps(), server, "alien")
    answer = look_ups.take("alien")
    assert not answer.is_there and answer.note == "Plex could not be asked: can't start new thread"
    monkeypatch.undo()
    assert look_ups.has_room("alien")
    assert eventually(lambda: begun(look_ups, server, "alien").take("alien"), pause=1).note


def test_answers_that_nobody_waits_for_are_forgotten(server):
    look_ups = begun(ReadinessLookUps(), server, "alien", "other")
    eventually(lambda: len(look_ups.answers) == 2)
    look_ups.forget_all_but(["other"])
    assert look_ups.take("alien") is None and look_ups.take("other")


def test_few_are_under_way_at_once_and_none_twice(server):
    server.trouble = loopback.hanging
    look_ups = begun(ReadinessLookUps(), server, "first")
    assert look_ups.has_room("second") and not look_ups.has_room("first")
    assert not begun(look_ups, server, "second").has_room("third")


def test_those_that_a_dripping_server_holds_make_room_after_a_while_but_not_without_end(server, monkeypatch):
    server.trouble = loopback.dripping
    look_ups = begun(ReadinessLookUps(), server, *range(AT_ONCE))
    assert not look_ups.has_room("next")
    monkeypatch.setattr(readiness_lookups, "LONG_SECONDS", 0.0)
    assert look_ups.has_room("next") and not look_ups.has_room(0)
    begun(look_ups, server, *range(AT_ONCE, MOST))
    assert not look_ups.has_room("next")
    server.released.set()
    eventually(lambda: look_ups.has_room("next"))
