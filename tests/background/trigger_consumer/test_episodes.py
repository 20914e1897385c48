"""Episodes that arrive together: each occurs exactly once, in as few runs as the script allows."""

import random

import pytest

from tests.triggers import (
    asked,
    be_due,
    consume,
    deliver,
    make_episodes,
    make_film,
    runs_of,
    trigger,
    triggers,
    watched,
)

DOWNLOADS = [make_episodes(number) for number in range(1, 25)]
COMPLETE = make_episodes(*range(1, 25))
ARRIVALS = {
    "24 downloads": DOWNLOADS,
    "one import complete": [COMPLETE],
    "both": [*DOWNLOADS, COMPLETE],
    "import complete first": [COMPLETE, *DOWNLOADS],
    "out of order": random.Random(7).sample([*DOWNLOADS, COMPLETE], 25),
    "duplicates": [*DOWNLOADS[:12], *DOWNLOADS, COMPLETE, *DOWNLOADS[3:9], COMPLETE],
    "files of two": [make_episodes(number, number + 1) for number in range(1, 24)],
}


def numbers_asked(machine):
    return [arguments["-arr_episode_numbers"] for arguments in asked(machine)]


@pytest.mark.parametrize("arrival", ARRIVALS)
def test_a_season_is_one_run_with_each_episode_once(patient, arrival):
    deliver(patient, *ARRIVALS[arrival])
    be_due(patient)
    consume(patient)
    assert numbers_asked(patient) == [",".join(map(str, range(1, 25)))]
    assert {found.status for found in triggers(patient)} == {"done"} and watched(patient) == []


@pytest.mark.parametrize("arrival", ["both", "duplicates"])
def test_a_script_that_takes_one_episode_gets_each_once(one_by_one, arrival):
    events = [event for event in ARRIVALS[arrival] if len(event.episodes) == 1 and event.episodes[0] <= 3]
    deliver(one_by_one, *events, make_episodes(1, 2, 3))
    be_due(one_by_one)
    consume(one_by_one)
    assert numbers_asked(one_by_one) == ["1", "2", "3"]
    assert {found.status for found in triggers(one_by_one)} == {"done"} and watched(one_by_one) == []


def test_titles_and_files_stay_with_their_episodes(one_by_one):
    deliver(one_by_one, make_episodes(1, 2), make_episodes(2))
    be_due(one_by_one)
    consume(one_by_one)
    first, second = asked(one_by_one)
    assert (first["-arr_episode_titles"], second["-arr_episode_titles"]) == ("Part 1", "Part 2")
    assert "-arr_episode_path" not in first and second["-arr_episode_path"].endswith("/2.mkv")


def test_seasons_and_series_are_runs_of_their_own(patient):
    pack = [make_episodes(1, 2, season=1), make_episodes(1, season=2)]
    deliver(patient, *pack, separately=False)
    deliver(patient, make_episodes(5, series="Lost", tvdb=73739))
    be_due(patient)
    consume(patient)
    assert sorted(numbers_asked(patient)) == ["1", "1,2", "5"]


def test_the_same_film_twice_is_one_run_and_two_films_are_two(patient):
    deliver(patient, make_film(), make_film(), make_film(tmdb=679, title="Aliens"))
    be_due(patient)
    consume(patient)
    assert sorted(arguments["-arr_movie_title"] for arguments in asked(patient)) == ["Alien", "Aliens"]


def test_every_trigger_of_a_merged_run_tells_that_run(patient):
    numbers = deliver(patient, make_episodes(1), make_episodes(2), make_episodes(1, 2))
    be_due(patient)
    (run,) = consume(patient)
    assert [runs_of(patient, number) for number in numbers] == [[run.id]] * 3


def test_a_season_without_numbers_is_one_run_for_all(one_by_one):
    without = {"arr_episode_numbers": "", "arr_episode_titles": ""}
    (number,) = deliver(one_by_one, make_episodes(**without))
    consume(one_by_one)
    assert "-arr_episode_numbers" not in asked(one_by_one)[0]
    assert trigger(one_by_one, number).status == "done"
