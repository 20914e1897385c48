"""Which two candidates meet, and what is measured of a picture."""

import pytest

from app.core.duels.contenders import contending_pair, picture_look
from app.core.replacing.candidate_list import ListedCandidate
from tests.pictures import make_picture


def listed(*words):
    return [
        ListedCandidate(provider, "poster", f"https://x.example/{number}.jpg", text)
        for number, (provider, text) in enumerate(words)
    ]


def test_two_of_other_providers_or_texts_meet_before_two_that_are_alike():
    offered = listed(*[("tmdb", "textless")] * 8, ("tvdb", "text"))
    for number in range(20):
        pair = contending_pair(f"{number}.jpg", offered)
        assert {one.provider for one in pair} == {"tmdb", "tvdb"}
        assert contending_pair(f"{number}.jpg", offered[::-1]) == pair
    first = {contending_pair(f"{number}.jpg", offered[-2:])[0].provider for number in range(20)}
    assert first == {"tmdb", "tvdb"}


@pytest.mark.parametrize(
    "offered",
    [[], listed(("tmdb", "text")), [ListedCandidate("folder", "poster", f"/a{n}.jpg") for n in (1, 2)]],
)
def test_without_two_pictures_of_the_internet_there_is_no_duel(offered):
    assert contending_pair("a.jpg", offered) is None


LOOKS = {
    (0, 0, 0): (0, 0, 0),
    (255, 255, 255): (100, 0, 0),
    (128, 128, 128): (50, 0, 0),
    (255, 0, 0): (30, 100, 0),
}


@pytest.mark.parametrize(("color", "look"), LOOKS.items())
def test_brightness_and_saturation_of_a_picture_are_measured(color, look):
    assert picture_look(make_picture((40, 60), color=color)) == pytest.approx(look, abs=2)
