import pytest

from app.core.errors import Invalid
from app.core.senders import read_arr
from tests.payloads import (
    FILM_FILE,
    FILM_FOLDER,
    RADARR_VERSIONS,
    make_movie,
    make_movie_file,
    make_radarr,
)


def only(payload):
    (event,) = read_arr(payload)
    return event


def lines(payload):
    return dict(only(payload).fields)


@pytest.mark.parametrize("version", RADARR_VERSIONS)
@pytest.mark.parametrize("upgrade", [False, True])
def test_every_version_tells_the_film_with_ids_year_and_its_file(version, upgrade):
    event = only(
        make_radarr(version, isUpgrade=upgrade, deletedFiles=[make_movie_file()] if upgrade else None)
    )
    assert event.fields == (
        ("arr_platform", "Radarr"),
        ("event", "Download"),
        ("arr_movie_title", "Alien"),
        ("arr_movie_tmdb", "348"),
        ("arr_movie_imdb", "tt0078748"),
        ("arr_movie_year", "1979"),
        ("arr_movie_path", FILM_FOLDER),
        ("arr_moviefile_path", f"{FILM_FOLDER}/{FILM_FILE}"),
        ("arr_moviefile_id", "71"),
    )
    assert (event.sender, event.kind, event.identity) == ("Radarr", "arr", "Radarr:tmdb:348")
    assert (event.title, event.year, event.folder) == ("Alien", 1979, FILM_FOLDER)
    assert event.ids == {"tmdb": "348", "imdb": "tt0078748"}
    assert (event.season, event.episodes) == (None, ())


def test_the_film_itself_is_believed_before_the_remote_one():
    remote = {"tmdbId": 1, "imdbId": "tt1", "title": "Aliens", "year": 1986}
    assert only(make_radarr(remoteMovie=remote)).ids == {"tmdb": "348", "imdb": "tt0078748"}
    assert only(make_radarr(remoteMovie=remote)).year == 1979


def test_what_is_unknown_is_absent():
    movie = make_movie(tmdbId=0, imdbId="", year=0)
    told = lines(make_radarr(movie=movie, remoteMovie=None, movieFile=None))
    assert told == {
        "arr_platform": "Radarr",
        "event": "Download",
        "arr_movie_title": "Alien",
        "arr_movie_path": FILM_FOLDER,
    }


def test_a_film_without_ids_goes_by_title_and_year_however_they_are_written():
    def identity(title, year):
        movie = make_movie(tmdbId=0, imdbId=None, title=title, year=year)
        return only(make_radarr(movie=movie, remoteMovie=None)).identity

    assert identity("Léon: The Professional", 1994) == identity("LÉON  the professional!", 1994)
    assert identity("Alien", 1979) != identity("Alien", 1980)
    assert identity("???", 1979) != identity("!!!", 1979)
    assert len(identity("x" * 4000, 1979)) < 200
    assert identity("x" * 250 + "a", 1979) != identity("x" * 250 + "b", 1979)


def test_an_imdb_id_alone_is_an_identity():
    assert only(make_radarr(movie=make_movie(tmdbId=0), remoteMovie=None)).identity == "Radarr:imdb:tt0078748"


@pytest.mark.parametrize("imdb", ["", "0", "tt0000000", "nonsense", "tt1]: x", "tt" + "1" * 40])
def test_what_is_no_imdb_id_is_none(imdb):
    told = lines(make_radarr(movie=make_movie(imdbId=imdb), remoteMovie=None))
    assert "arr_movie_imdb" not in told


def test_a_path_of_windows_keeps_its_separators():
    movie, file = make_movie(folderPath="D:\\Films\\Alien (1979)"), make_movie_file(relative="Alien.mkv")
    told = lines(make_radarr(movie=movie, movieFile=file))
    assert told["arr_moviefile_path"] == "D:\\Films\\Alien (1979)\\Alien.mkv"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"movie": 1}, "movie"),
        ({"movie": [{}]}, "movie"),
        ({"movie": make_movie() | {"title": []}}, "title"),
        ({"movie": make_movie() | {"tmdbId": "348"}}, "tmdbId"),
        ({"movie": make_movie() | {"year": "1979"}}, "year"),
        ({"movie": make_movie() | {"folderPath": False}}, "folderPath"),
        ({"movieFile": "x.mkv"}, "movieFile"),
        ({"movieFile": {"id": "7"}}, "id"),
        ({"movie": make_movie(year=None), "remoteMovie": []}, "remoteMovie"),
    ],
)
def test_what_has_the_wrong_type_is_refused_by_its_name(change, name):
    with pytest.raises(Invalid, match=name):
        read_arr(make_radarr() | change)
