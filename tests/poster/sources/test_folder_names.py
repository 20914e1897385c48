"""Names of folders and files tell titles, years and seasons."""

import pytest

from app.poster.sources.folder_names import season_of_folder, title_of_name

TITLES = {
    "Alien (1979)": ("Alien", 1979),
    "Alien (1979) {tmdb-348}": ("Alien", 1979),
    "Alien (1979) [tmdbid=348] - 1080p": ("Alien", 1979),
    "Alien (1979) {edition-Director's Cut} {imdb-tt0078748}": ("Alien", 1979),
    "Alien [1979]": ("Alien", 1979),
    "Alien": ("Alien", None),
    "Alien.1979.1080p.BluRay.x264-GRP": ("Alien", 1979),
    "Alien_1979_2160p_UHD": ("Alien", 1979),
    "Alien 1080p": ("Alien", None),
    "Blade Runner 2049 (2017)": ("Blade Runner 2049", 2017),
    "Blade.Runner.2049.2017.2160p": ("Blade Runner 2049", 2017),
    "Blade Runner 2049": ("Blade Runner 2049", None),
    "1917 (2019)": ("1917", 2019),
    "1917": ("1917", None),
    "2001 A Space Odyssey (1968)": ("2001 A Space Odyssey", 1968),
    "[REC] (2007)": ("[REC]", 2007),
    "[Group] Show": ("Show", None),
    "Mr. Nobody (2009)": ("Mr. Nobody", 2009),
    "S.W.A.T. (2017)": ("S W A T", 2017),
    "(500) Days of Summer (2009)": ("(500) Days of Summer", 2009),
    "千と千尋の神隠し (2001)": ("千と千尋の神隠し", 2001),
    "Web": ("Web", None),
    "{tmdb-348}": ("{tmdb-348}", None),
}


@pytest.mark.parametrize(("name", "expected"), TITLES.items())
def test_the_title_ends_where_year_or_release_begins(name, expected):
    found = title_of_name(name)
    assert (found.title, found.year) == expected


SEASONS = {
    "Season 01": 1,
    "season 1": 1,
    "Season.2": 2,
    "Season 1984": 1984,
    "Season 01 - The Beginning": 1,
    "Season 1 (1999)": 1,
    "S02": 2,
    "Dark S03": 3,
    "Dark Season 3": 3,
    "Staffel 2": 2,
    "2. Staffel": 2,
    "Saison 4": 4,
    "Temporada 5": 5,
    "第2季": 2,
    "シーズン3": 3,
    "03": 3,
    "Specials": 0,
    "Season 00": 0,
    "OVA": 0,
    "Extras": None,
    "Dark (2017)": None,
    "Subs": None,
    "Apollo 13": None,
    "Seasons of Love": None,
}


@pytest.mark.parametrize(("name", "number"), SEASONS.items())
def test_the_folder_of_a_season_tells_its_number(name, number):
    assert season_of_folder(name) == number
