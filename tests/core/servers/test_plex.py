"""Plex is asked for an item, over real HTTP."""

import pytest

from app.core.servers.asking import Unanswered
from app.core.servers.plex import Plex
from app.core.servers.wanted import Wanted
from tests.doubles import loopback
from tests.doubles.loopback import serving
from tests.doubles.plex import TOKEN, FakePlex, Film, Show
from tests.triggers import make_episodes, make_film

ALIEN = Wanted.of(make_film())
DARK = Wanted.of(make_episodes(1, 2))


@pytest.fixture
def server():
    with serving(FakePlex()) as server:
        yield server


@pytest.fixture
def plex(server):
    return Plex(server.url + "/", TOKEN)


def test_a_film_is_there_once_its_id_is(server, plex):
    assert not plex.knows(ALIEN)
    server.films.append(Film(10, "Alien", 1979, ("imdb://tt0078748", "tmdb://348")))
    assert plex.knows(ALIEN)


def test_a_film_of_the_same_title_and_another_id_is_another_one(server, plex):
    server.films.append(Film(10, "Alien", 1979, ("tmdb://9",)))
    assert not plex.knows(ALIEN)


@pytest.mark.parametrize(
    ("title", "year", "is_there"), [("ALIEN!", 1980, True), ("Alien", 1990, False), ("Aliens", 1979, False)]
)
def test_without_ids_title_and_year_decide(server, plex, title, year, is_there):
    server.films.append(Film(10, title, year))
    assert plex.knows(ALIEN) is is_there


def test_the_original_title_counts_too(server, plex):
    server.films.append(Film(10, "Das unheimliche Wesen", 1979, (), original_title="Alien"))
    assert plex.knows(ALIEN)


def test_a_title_that_is_part_of_many_others_is_found_behind_them(server, plex):
    server.films += [Film(number, f"Italy {number}", 1999) for number in range(250)]
    it = Wanted.of(make_film(tmdb=346364, title="It"))
    assert not plex.knows(it)
    server.films.append(Film(900, "It", 2017, ("tmdb://346364",)))
    assert plex.knows(it)
    assert [query for _, query, _ in server.asked].count({"title": "It", "includeGuids": "1"}) == 6


def test_what_is_found_on_the_first_page_is_not_looked_for_on_others(server, plex):
    server.films += [Film(1, "It", 2017, ("tmdb://346364",)), *(Film(2, "Italy", 1999) for _ in range(250))]
    assert plex.knows(Wanted.of(make_film(tmdb=346364, title="It"))) and len(server.asked) == 2


def test_a_series_without_the_country_in_its_name_is_found_by_its_id(server, plex):
    server.shows.append(Show(20, "Ghosts", 2021, ("tvdb://334824",), seasons={1: [1, 2]}))
    assert plex.knows(Wanted.of(make_episodes(1, 2, series="Ghosts (US)")))
    assert not plex.knows(Wanted.of(make_episodes(1, 2, series="Ghosts (UK)", tvdb=9)))


def test_a_season_is_there_once_all_its_episodes_are(server, plex):
    dark = Show(20, "Dark", 2017, ("tvdb://334824",))
    server.shows.append(dark)
    assert not plex.knows(DARK)
    dark.seasons[2] = [1, 2]
    assert not plex.knows(DARK)
    dark.seasons[1] = [1]
    assert not plex.knows(DARK)
    dark.seasons[1] = [1, 2]
    assert plex.knows(DARK)


def test_a_film_of_the_name_is_no_show(server, plex):
    server.films.append(Film(10, "Dark", 2017))
    assert not plex.knows(DARK)


def test_the_token_travels_in_a_header_alone(server, plex):
    plex.knows(DARK)
    assert all(headers["X-Plex-Token"] == TOKEN for _, _, headers in server.asked)
    assert not any(TOKEN in str(query) or TOKEN in path for path, query, _ in server.asked)
    assert TOKEN not in repr(plex)


@pytest.mark.parametrize(
    "trouble", ["refusing", "breaking", "redirecting", "flooding", "babbling", "explosive"]
)
def test_a_server_in_trouble_does_not_tell(server, plex, trouble):
    server.trouble = getattr(loopback, trouble)
    with pytest.raises(Unanswered) as error:
        plex.knows(ALIEN)
    assert TOKEN not in str(error.value)


def test_a_server_that_hangs_is_left_after_seconds(server, plex, monkeypatch):
    monkeypatch.setattr("app.core.servers.asking.TIMEOUT", (0.2, 0.2))
    server.trouble = loopback.hanging
    with pytest.raises(Unanswered, match="cannot be reached"):
        plex.knows(ALIEN)


def test_a_wrong_token_is_told_as_such(server):
    with pytest.raises(Unanswered, match="refuses the token"):
        Plex(server.url, "wrong").knows(ALIEN)


def test_a_server_that_is_not_there_does_not_tell():
    with pytest.raises(Unanswered):
        Plex("http://127.0.0.1:9", TOKEN).knows(ALIEN)
