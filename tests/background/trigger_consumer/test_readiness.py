"""Before a run the item is looked up at the media server, which may need a while to learn of it."""

import json
import threading
import time
from datetime import timedelta

import pytest
import time_machine

from app.background.dispatcher import Dispatcher
from app.models.base import now
from tests.doubles import jellyfin as jellyfins
from tests.doubles import loopback
from tests.doubles.loopback import serving
from tests.doubles.plex import TOKEN, FakePlex, Film, Show
from tests.driving import eventually, queue, row, rows, tick_until
from tests.triggers import (
    be_due,
    consume,
    deliver,
    make_episodes,
    make_film,
    make_tautulli,
    trigger,
    triggers,
)

ALIEN = Film(10, "Alien", 1979, ("tmdb://348",))


@pytest.fixture
def plex(quick):
    """A Plex that the configuration names."""
    with serving(FakePlex()) as server:
        sections = {"PlexPart": {"UsePlex": "true", "PlexUrl": server.url}, "ApiPart": {"PlexToken": TOKEN}}
        quick.paths.config.write_text(json.dumps(sections))
        yield server


def look(dispatcher, number):
    """Step until one more look-up of the trigger is over; answer how long it waits from now, in seconds."""
    machine = dispatcher.machine
    known = trigger(machine, number).look_ups

    def looked():
        dispatcher.consumer.step()
        return trigger(machine, number).look_ups > known

    eventually(looked)
    return round((trigger(machine, number).waiting_until - now()).total_seconds())


def test_an_item_that_is_there_runs_at_once(quick, plex):
    plex.films.append(ALIEN)
    deliver(quick, make_film())
    (run,) = consume(quick)
    assert run.status == "completed" and len(plex.asked) == 2


def test_an_item_that_is_not_there_waits_longer_each_time_and_runs_once_it_is(quick, plex):
    (number,) = deliver(quick, make_film())
    dispatcher = Dispatcher(quick)
    moment = now()
    pauses = []
    for _ in range(5):
        with time_machine.travel(moment, tick=True):
            pauses.append(look(dispatcher, number))
        moment += timedelta(seconds=pauses[-1] + 5)
    assert [round(pause, -1) for pause in pauses] == [30, 60, 120, 240, 480]
    assert trigger(quick, number).last_error == "Plex does not have the item yet" and rows(quick) == []
    plex.films.append(ALIEN)
    be_due(quick)
    tick_until(dispatcher, lambda: trigger(quick, number).status == "done")
    assert trigger(quick, number).last_error is None


def test_after_an_hour_it_runs_anyway(quick, plex):
    (number,) = deliver(quick, make_film())
    dispatcher = Dispatcher(quick)
    moment, start = now(), now()
    while not rows(quick):
        with time_machine.travel(moment, tick=True):
            moment += timedelta(seconds=look_or_run(dispatcher, number) + 1)
    assert timedelta(minutes=59) < moment - start < timedelta(minutes=62)


def look_or_run(dispatcher, number):
    machine = dispatcher.machine
    known = trigger(machine, number).look_ups

    def moved():
        dispatcher.consumer.step()
        return rows(machine) or trigger(machine, number).look_ups > known

    eventually(moved)
    return max(0, round((trigger(machine, number).waiting_until - now()).total_seconds()))


def test_every_episode_has_to_be_there(quick, plex):
    dark = Show(20, "Dark", 2017, ("tvdb://334824",), seasons={1: [1]})
    plex.shows.append(dark)
    (number, _) = deliver(quick, make_episodes(1), make_episodes(2))
    dispatcher = Dispatcher(quick)
    assert look(dispatcher, number) > 20
    dark.seasons[1].append(2)
    be_due(quick)
    tick_until(dispatcher, lambda: {found.status for found in triggers(quick)} == {"done"})
    assert len(rows(quick)) == 1


@pytest.mark.parametrize(
    ("trouble", "words"),
    [("refusing", "refuses the token"), ("breaking", "answered 500"), ("babbling", "no XML")],
)
def test_a_server_in_trouble_is_noted_and_asked_again(quick, plex, trouble, words):
    plex.trouble = getattr(loopback, trouble)
    (number,) = deliver(quick, make_film())
    look(Dispatcher(quick), number)
    assert words in trigger(quick, number).last_error and TOKEN not in trigger(quick, number).last_error


def test_a_server_that_hangs_holds_up_nothing(quick, plex):
    plex.trouble = loopback.hanging
    deliver(quick, *(make_film(tmdb) for tmdb in range(1, 20)))
    dispatcher = Dispatcher(quick)
    begun = time.monotonic()
    for _ in range(20):
        dispatcher.consumer.step()
    assert time.monotonic() - begun < 20
    assert len([thread for thread in threading.enumerate() if thread.name == "look-up"]) == 2
    number = queue(quick, "scheduled")
    tautulli = deliver(quick, make_tautulli())
    tick_until(dispatcher, lambda: row(quick, number).status == "completed")
    tick_until(dispatcher, lambda: trigger(quick, *tautulli).status == "done")


def test_more_of_an_item_is_looked_up_anew(quick, plex):
    plex.shows.append(Show(20, "Dark", 2017, (), seasons={1: [1]}))
    number = queue(quick, "scheduled")
    dispatcher = Dispatcher(quick)
    (first,) = deliver(quick, make_episodes(1))
    eventually(lambda: dispatcher.consumer.step() or dispatcher.consumer.ready)
    deliver(quick, make_episodes(2))
    look(dispatcher, first)
    assert row(quick, number).status == "queued" and not dispatcher.consumer.ready


def test_jellyfin_is_asked_where_it_is_used(quick):
    with serving(jellyfins.FakeJellyfin()) as server:
        part = {"UseJellyfin": "true", "JellyfinUrl": server.url}
        sections = {"JellyfinPart": part, "ApiPart": {"JellyfinAPIKey": jellyfins.TOKEN}}
        quick.paths.config.write_text(json.dumps(sections))
        (number,) = deliver(quick, make_film())
        dispatcher = Dispatcher(quick)
        look(dispatcher, number)
        assert trigger(quick, number).last_error == "Jellyfin does not have the item yet"
        server.items.append(jellyfins.make_film())
        be_due(quick)
        tick_until(dispatcher, lambda: trigger(quick, number).status == "done")


def test_what_has_no_title_needs_no_look_up(quick, plex):
    deliver(quick, make_film(arr_movie_title=""))
    assert consume(quick)[0].status == "completed" and plex.asked == []
