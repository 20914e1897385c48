"""Season, numbers and title of an episode, in every way of naming that servers document."""

from datetime import date

import pytest

from app.poster.sources.episode_names import episode_of_name, is_numbered

NAMES = {
    "Dark - S01E01 - Secrets": (1, (1,), "Secrets"),
    "Dark.S01E01.Secrets.1080p.WEB.x264-GRP": (1, (1,), "Secrets"),
    "dark s1e1": (1, (1,), ""),
    "Dark - s01.e01": (1, (1,), ""),
    "Dark S01 E01 Secrets": (1, (1,), "Secrets"),
    "Dark S01xE01": (1, (1,), ""),
    "Dark S01EP01": (1, (1,), ""),
    "Dark Season 1 Episode 2": (1, (2,), ""),
    "Dark S01E01E02": (1, (1, 2), ""),
    "Dark S01E01-E02 - Secrets & Lies": (1, (1, 2), "Secrets & Lies"),
    "Dark S01E01-02": (1, (1, 2), ""),
    "Dark S01E01-E03": (1, (1, 2, 3), ""),
    "Dark S01E01-S01E02": (1, (1, 2), ""),
    "Dark S01E01+E02": (1, (1, 2), ""),
    "Dark S01E01 E02": (1, (1, 2), ""),
    "Dark S01E01E03": (1, (1, 3), ""),
    "Dark S01E01-1080p": (1, (1,), ""),
    "Dark S01E01-720p": (1, (1,), ""),
    "Dark.S01E02.2160p": (1, (2,), ""),
    "Dark - S01E01 - 24 Hours": (1, (1,), "24 Hours"),
    "Dark 1x02": (1, (2,), ""),
    "Dark 1x02-03": (1, (2, 3), ""),
    "Dark 1x02x03": (1, (2, 3), ""),
    "Dark 1x02-1x03 Lies": (1, (2, 3), "Lies"),
    "Dark S2023E105 - News": (2023, (105,), "News"),
    "Dark S00E03 - Special": (0, (3,), "Special"),
    "Dark S01E100": (1, (100,), ""),
    "Dark {tvdb-334824} S01E02": (1, (2,), ""),
    "Show (1920x1080) S02E03": (2, (3,), ""),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_name_with_season_and_episode(name, expected):
    found = episode_of_name(name)
    assert found and (found.season, found.numbers, found.title) == expected


DAYS = {
    "Daily Show - 2012-03-02 - Guest": (date(2012, 3, 2), "Guest"),
    "Daily.Show.2012.03.02.720p": (date(2012, 3, 2), ""),
    "Daily Show 2012 03 02": (date(2012, 3, 2), ""),
    "Daily Show - 25-12-2012": (date(2012, 12, 25), ""),
    "Daily Show - 12-25-2012": (date(2012, 12, 25), ""),
}


@pytest.mark.parametrize(("name", "expected"), DAYS.items())
def test_a_name_with_a_date_belongs_to_the_season_of_its_year(name, expected):
    found = episode_of_name(name)
    assert found and (found.aired, found.title) == expected
    assert (found.season, found.numbers) == (2012, (expected[0].month * 100 + expected[0].day,))


def test_what_is_no_day_is_no_date():
    assert not is_numbered("Show 2012-13-45")


ALONE = {
    "[Group] Frieren - 12 [1080p]": (None, 12, ""),
    "[Group] Frieren - 12v2 (1080p) [ABCD1234]": (None, 12, ""),
    "One Piece - 1050 - The Title": (None, 1050, "The Title"),
    "Show Episode 7": (None, 7, ""),
    "Show Ep. 07 - Title": (None, 7, "Title"),
    "E07 Title": (None, 7, "Title"),
    "01 - Pilot": (None, 1, "Pilot"),
    "01": (None, 1, ""),
    "Frieren 12": (None, 12, ""),
    "Mini Series (Part 2)": (None, 2, ""),
}


@pytest.mark.parametrize(("name", "expected"), ALONE.items())
def test_an_absolute_number_leaves_the_season_to_the_folder(name, expected):
    found = episode_of_name(name)
    assert found and (found.season, found.numbers[0], found.title) == expected
    assert not is_numbered(name)
    assert episode_of_name(name, folder_season=3).season == 3


def test_season_and_episode_in_one_number_agree_with_the_folder():
    assert episode_of_name("Dark 102", 1).numbers == (2,)
    assert episode_of_name("Dark 102", 2).numbers == (102,)


@pytest.mark.parametrize(
    "name", ["Alien (1979)", "Alien.1979.1080p", "Blade Runner 2049", "Making of", "Alien"]
)
def test_films_are_no_episodes(name):
    assert not is_numbered(name)


@pytest.mark.parametrize("name", ["Making of", "", "Secrets", "Show 2012"])
def test_a_name_without_a_number_tells_nothing(name):
    assert episode_of_name(name) is None
