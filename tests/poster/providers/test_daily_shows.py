"""Episodes that are known by their date are found by their date, never by month and day as a number."""

from dataclasses import replace
from datetime import date

import pytest

from app.poster.records.candidate import ProviderName
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.world import STILL, TMDB, TVDB, Art, EpisodeEntry
from tests.poster.providers.opened import ask, card_wanted, names, opened


@pytest.fixture(params=[ProviderName.TMDB, ProviderName.TVDB], ids=lambda name: name.value)
def provider(request, tmp_path):
    with serving_providers() as doubles:
        show = doubles.world.shows[0]
        show.episodes += [
            EpisodeEntry(2023, 4, "News", 8004, 8104, aired="2023-01-05"),
            EpisodeEntry(2023, 105, "Other news", 8105, 8205, aired="2023-06-01"),
        ]
        for name in (TMDB, TVDB):
            show.art += [
                Art(name, STILL, f"{name}-{number}.jpg", season=2023, episode=number) for number in (4, 105)
            ]
        with opened(doubles, tmp_path) as providers:
            yield providers[request.param]


def aired(day):
    wanted = card_wanted(2023, day.month * 100 + day.day)
    return replace(wanted, episode=replace(wanted.episode, aired=day))


def test_the_day_finds_the_episode(provider):
    (found,) = names(ask(provider, aired(date(2023, 1, 5))))
    assert found.endswith("-4.jpg")


def test_a_day_without_an_episode_finds_none(provider):
    assert names(ask(provider, aired(date(2023, 1, 6)))) == []
