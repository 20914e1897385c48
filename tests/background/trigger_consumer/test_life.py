"""The life of a trigger, from its arrival to the end of its run."""

from app.core.triggers.file_format import read_trigger
from tests.driving import row
from tests.triggers import (
    asked,
    be_due,
    consume,
    deliver,
    make_episodes,
    make_film,
    make_tautulli,
    runs_of,
    staged,
    trigger,
    triggers,
    watched,
)


def test_an_event_is_a_row_and_a_file_when_it_is_received(patient):
    (number,) = deliver(patient, make_film())
    found = trigger(patient, number)
    assert (found.status, found.sender, found.title, found.year) == ("waiting", "Radarr", "Alien", 1979)
    assert watched(patient) == [found.file] and staged(patient) == []
    assert read_trigger(patient.paths.watcher / found.file) == make_film()


def test_a_due_event_becomes_one_run_and_its_file_goes_when_that_has_completed(quick):
    (number,) = deliver(quick, make_film())
    (run,) = consume(quick)
    assert (run.mode, run.origin, run.status) == ("arr", "webhook", "completed")
    assert (trigger(quick, number).status, runs_of(quick, number)) == ("done", [run.id])
    assert asked(quick)[0]["-arr_movie_title"] == "Alien"
    assert watched(quick) == []


def test_a_trigger_of_tautulli_runs_at_once(patient):
    (number,) = deliver(patient, make_tautulli(7))
    (run,) = consume(patient)
    assert (run.mode, run.arguments) == ("tautulli", ["-RatingKey", "7", "-mediatype", "movie"])
    assert trigger(patient, number).status == "done"


def test_the_episodes_of_a_season_that_arrive_together_are_one_run_with_each_episode_once(patient):
    whole = make_episodes(*range(1, 25))
    single = [make_episodes(number) for number in (24, *range(1, 24), 3, 3)]
    deliver(patient, *single[:12], whole, *single[12:])
    be_due(patient)
    (run,) = consume(patient)
    (arguments,) = asked(patient)
    assert arguments["-arr_episode_numbers"] == ",".join(map(str, range(1, 25)))
    assert arguments["-arr_episode_titles"].split("|")[23] == "Part 24"
    assert {found.status for found in triggers(patient)} == {"done"} and watched(patient) == []
    assert row(patient, run.id).status == "completed"
