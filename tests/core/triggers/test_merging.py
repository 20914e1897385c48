"""The events of one item become the runs that it needs."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.config_file import ConfigFile
from app.core.triggers.merging import planned, takes_lists
from tests.triggers import make_episodes, make_film


def told(event):
    return dict(event.fields)


def test_a_film_is_one_run_with_the_words_of_the_latest_event():
    events = [make_film(), make_film(title="Alien: Director's Cut")]
    assert planned(events, [], True) == [events[1]]


def test_all_episodes_of_a_season_are_one_run_in_their_order():
    (run,) = planned([make_episodes(3), make_episodes(1, 2)], [3, 1, 2], True)
    assert run.episodes == (1, 2, 3)
    assert told(run)["arr_episode_numbers"] == "1,2,3"
    assert told(run)["arr_episode_titles"] == "Part 1|Part 2|Part 3"


def test_one_by_one_each_episode_keeps_its_own_title_and_file():
    runs = planned([make_episodes(1), make_episodes(2)], [1, 2], False)
    assert [told(run)["arr_episode_numbers"] for run in runs] == ["1", "2"]
    assert [told(run)["arr_episode_titles"] for run in runs] == ["Part 1", "Part 2"]
    assert [told(run)["arr_episode_path"][-6:] for run in runs] == ["/1.mkv", "/2.mkv"]


def test_a_file_that_holds_more_episodes_than_asked_is_not_told():
    (run,) = planned([make_episodes(1, 2)], [2], True)
    assert "arr_episode_path" not in told(run) and run.episodes == (2,)


def test_the_latest_title_of_an_episode_counts():
    first = make_episodes(1, arr_episode_titles="TBA")
    (run,) = planned([first, make_episodes(1)], [1], True)
    assert told(run)["arr_episode_titles"] == "Part 1"


def test_titles_that_do_not_fit_the_numbers_are_left_out():
    odd = make_episodes(1, 2, arr_episode_titles="One|Two|Three")
    (run,) = planned([odd], [1, 2], True)
    assert "arr_episode_titles" not in told(run)


def test_an_event_without_numbers_lends_nothing_to_a_run_for_numbers():
    season = make_episodes(arr_episode_numbers="", arr_episode_titles="")
    (run,) = planned([make_episodes(4), season], [4], True)
    assert told(run)["arr_episode_numbers"] == "4"


@given(
    groups=st.lists(
        st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True), min_size=1, max_size=12
    ),
    as_lists=st.booleans(),
)
def test_every_episode_occurs_exactly_once_however_it_was_told(groups, as_lists):
    events = [make_episodes(*sorted(group)) for group in groups]
    wanted = set(chain.from_iterable(groups))
    runs = planned(events, wanted, as_lists)
    numbers = [int(number) for run in runs for number in told(run)["arr_episode_numbers"].split(",")]
    assert numbers == sorted(wanted)
    assert len(runs) == (1 if as_lists else len(wanted))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"PlexPart": {"UsePlex": "true"}}', True),
        ('{"JellyfinPart": {"UseJellyfin": "true"}}', False),
        ('{"EmbyPart": {"UseEmby": true}}', False),
        ('{"EmbyPart": {"UseEmby": "false"}}', True),
        ('{"EmbyPart": 5}', True),
        ("{", True),
    ],
)
def test_only_scripts_on_jellyfin_and_emby_take_one_episode_at_a_time(tmp_path, text, expected):
    (tmp_path / "config.json").write_text(text)
    assert takes_lists(ConfigFile(tmp_path / "config.json")) is expected
