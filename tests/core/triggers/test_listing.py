"""Items in words."""

import pytest

from app.core.triggers.inbox import new_row
from app.core.triggers.listing import episode_words, item_words
from app.models import Trigger
from app.models.base import now
from tests.triggers import make_episodes, make_film, make_tautulli


def words(event):
    return item_words(Trigger(**new_row(event, "x.posterizarr", now(), None)))


def test_a_film_is_its_title_with_the_year():
    assert words(make_film()) == "Alien (1979)"


def test_episodes_come_after_series_and_season():
    assert words(make_episodes(4, 5, 6, 9, season=0)) == "Dark (2017), season 0, episodes 4-6, 9"


def test_what_tautulli_sends_has_no_name_but_its_number():
    assert words(make_tautulli(77)) == "movie 77 of Plex"


def test_without_a_title_the_identity_stands_for_it():
    assert words(make_film(arr_movie_title="", arr_movie_year="")) == "Radarr:tmdb:348"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], ""),
        ([7], ", episode 7"),
        ([1, 2], ", episodes 1-2"),
        ([5, 1, 3, 2], ", episodes 1-3, 5"),
        ([0, 2, 4], ", episodes 0, 2, 4"),
    ],
)
def test_neighbours_are_told_as_a_range(numbers, expected):
    assert episode_words(numbers) == expected
