"""Ids are read in every spelling that Plex, Jellyfin, Emby, Kodi and their plug-ins document."""

import pytest

from app.poster.records.ids import Medium
from app.poster.sources.written_ids import id_of_guid, ids_in_name, ids_in_text, named_id, without_ids

NAMES = {
    "Alien (1979) {tmdb-348}": ["tmdb:movie:348"],
    "Alien (1979) [tmdbid-348]": ["tmdb:movie:348"],
    "Alien (1979) [tmdbid=348]": ["tmdb:movie:348"],
    "Alien (1979) {tmdb=348}": ["tmdb:movie:348"],
    "Alien (1979) (TMDB-348)": ["tmdb:movie:348"],
    "Alien.1979.tmdb-348.1080p": ["tmdb:movie:348"],
    "Alien (1979) {imdb-tt0078748}": ["imdb:movie:tt0078748"],
    "Alien (1979) [imdbid-tt0078748]": ["imdb:movie:tt0078748"],
    "Alien (1979) [imdbid-78748]": ["imdb:movie:tt0078748"],
    "Alien (1979) [tt0078748]": ["imdb:movie:tt0078748"],
    "Alien tt0078748": ["imdb:movie:tt0078748"],
    "Best (1994) [tmdbid-680] [imdbid-tt0110912]": ["tmdb:movie:680", "imdb:movie:tt0110912"],
    "Show [tvdb2-79145]": ["tvdb:movie:79145"],
    "Show [tvdbid-079145]": ["tvdb:movie:79145"],
    "Show {tvdb-79145} [anidb-69]": ["tvdb:movie:79145", "anidb:movie:69"],
    "Alien (1979)": [],
    "Alien (1979) {edition-Final Cut}": [],
    "TMDB 1979": [],
    "Attraction tt12": [],
    "Zero {tmdb-0}": [],
    "Blank {tmdb-}": [],
}


@pytest.mark.parametrize(("name", "ids"), NAMES.items())
def test_a_name_tells_its_ids(name, ids):
    assert [str(one) for one in ids_in_name(name, Medium.FILM)] == ids


def test_a_film_and_a_show_of_one_number_have_different_ids():
    assert ids_in_name("{tmdb-348}", Medium.FILM) != ids_in_name("{tmdb-348}", Medium.SHOW)


@pytest.mark.parametrize(
    "name",
    ["Alien (1979) {tmdb-348}", "Alien (1979) [tmdbid=348] [tt0078748]", "Alien (1979) - tt0078748"],
)
def test_the_title_is_what_stands_beside_the_ids(name):
    assert without_ids(name) == "Alien (1979)"


def test_other_brackets_stay_in_the_title():
    assert without_ids("[REC] (2007) {edition-Uncut} {imdb-tt1038988}") == "[REC] (2007) {edition-Uncut}"


GUIDS = {
    "imdb://tt0078748": "imdb:show:tt0078748",
    "tmdb://348": "tmdb:show:348",
    "tvdb://31": "tvdb:show:31",
    "com.plexapp.agents.hama://tvdb-79145?lang=en": "tvdb:show:79145",
    "com.plexapp.agents.hama://tvdb4-79145?lang=en": "tvdb:show:79145",
    "com.plexapp.agents.hama://anidb-69?lang=en": "anidb:show:69",
    "com.plexapp.agents.thetvdb://81189?lang=en": "tvdb:show:81189",
    "com.plexapp.agents.themoviedb://348?lang=de": "tmdb:show:348",
    "com.plexapp.agents.imdb://tt0078748?lang=en": "imdb:show:tt0078748",
    "plex://show/5d9c": None,
    "local://3051": None,
    "com.plexapp.agents.none://6f?lang=xn": None,
    "com.plexapp.agents.hama://79145": None,
    "": None,
}


@pytest.mark.parametrize(("guid", "expected"), GUIDS.items())
def test_guids_of_every_agent_of_plex(guid, expected):
    found = id_of_guid(guid, Medium.SHOW)
    assert (str(found) if found else None) == expected


def test_the_guid_of_an_old_agent_gives_an_episode_no_id_because_the_number_is_its_shows():
    guid = "com.plexapp.agents.thetvdb://81189/1/2?lang=en"
    assert id_of_guid(guid, Medium.EPISODE) is None
    assert str(id_of_guid("tvdb://127649", Medium.EPISODE)) == "tvdb:episode:127649"


def test_addresses_of_providers():
    text = (
        "https://www.themoviedb.org/movie/348-alien https://www.imdb.com/de/title/tt0078748/ "
        "https://www.themoviedb.org/tv/1399 https://thetvdb.com/?tab=series&id=79168"
    )
    assert [str(one) for one in ids_in_text(text, Medium.FILM)] == [
        "tmdb:movie:348",
        "imdb:movie:tt0078748",
        "tvdb:movie:79168",
    ]
    assert [one.value for one in ids_in_text(text, Medium.SHOW)][0] == "1399"
    assert [one.value for one in ids_in_text("https://thetvdb.com/?id=5", Medium.SHOW)] == ["5"]


@pytest.mark.parametrize("value", ["", "0", "null", "None", "tt", "-5", "12345678901234", "३४८"])
def test_what_is_no_id_is_left_out(value):
    assert named_id("Tmdb", Medium.FILM, value) is None
