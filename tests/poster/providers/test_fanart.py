"""What Fanart.tv is asked, and what its answers mean."""

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import Lettered, ProviderName
from app.poster.records.ids import Authority, Medium, ProviderId
from tests.doubles.provider_doubles import FANART_KEY, serving_providers
from tests.doubles.scripted import answering
from tests.doubles.world import FANART, POSTER, SEASON, Art
from tests.poster.providers.opened import (
    ask,
    card_wanted,
    film_wanted,
    names,
    opened,
    season_wanted,
    show_wanted,
)


@pytest.fixture
def doubles():
    with serving_providers() as running:
        yield running


@pytest.fixture
def fanart(doubles, tmp_path):
    with opened(doubles, tmp_path) as providers:
        yield providers[ProviderName.FANART]


@pytest.mark.parametrize(
    ("wanted", "kind", "found", "page"),
    [
        (film_wanted(), None, ["alien-fanart-de.jpg", "alien-fanart-textless.jpg"], "movie/348"),
        (film_wanted(), Kind.BACKGROUND, ["alien-fanart-background.jpg"], "movie/348"),
        (show_wanted(), None, ["dark-fanart-en.jpg"], "series/334824"),
        (show_wanted(), Kind.BACKGROUND, ["dark-fanart-background.jpg"], "series/334824"),
        (season_wanted(1), None, ["dark-fanart-season-1.jpg"], "series/334824"),
        (season_wanted(3), None, ["dark-fanart-season-all.jpg"], "series/334824"),
        (season_wanted(1), Kind.POSTER, ["dark-fanart-en.jpg"], "series/334824"),
    ],
)
def test_each_kind_has_its_own_list_the_most_liked_first(fanart, wanted, kind, found, page):
    answer = ask(fanart, wanted, kind)
    assert names(answer) == found
    assert answer.page == f"https://fanart.tv/{page}"


def test_there_are_no_stills(fanart, doubles):
    answer = ask(fanart, card_wanted(1, 1))
    assert not answer.candidates and not answer.trouble
    assert doubles.counts()["fanart"] == 0


@pytest.mark.parametrize(
    ("language", "lettered", "expected"),
    [("00", Lettered.TEXTLESS, ""), (None, Lettered.TEXTLESS, ""), ("de", Lettered.WITH_TEXT, "de")],
)
def test_textless_is_00_or_empty(fanart, doubles, language, lettered, expected):
    doubles.world.films[0].art = [Art(FANART, POSTER, "one.jpg", language, likes=4)]
    (found,) = ask(fanart, film_wanted()).candidates
    assert (found.lettered, found.language, found.likes) == (lettered, expected, 4)


def test_seasons_are_sorted_by_likes_and_all_serves_where_there_is_none_of_that_language(fanart, doubles):
    doubles.world.shows[0].art = [
        Art(FANART, SEASON, "few.jpg", "en", likes=1, season="1"),
        Art(FANART, SEASON, "many.jpg", "en", likes=8, season="1"),
        Art(FANART, SEASON, "other.jpg", "en", likes=99, season="2"),
        Art(FANART, SEASON, "all-en.jpg", "en", likes=50, season="all"),
        Art(FANART, SEASON, "all-textless.jpg", "00", likes=3, season="all"),
    ]
    assert names(ask(fanart, season_wanted(1))) == ["many.jpg", "all-textless.jpg", "few.jpg"]


def test_a_film_is_asked_for_by_tmdb_then_imdb_and_none_of_them_is_called_stale(fanart, doubles):
    doubles.world.films[0].tmdb = 349
    answer = ask(fanart, film_wanted(tmdb="348", imdb="tt0078748"))
    assert names(answer) and not answer.stale
    assert doubles.fanart.paths() == ["/v3/movies/348", "/v3/movies/349"]
    nothing = ask(fanart, film_wanted(tmdb="1"))
    assert not nothing.candidates and not nothing.trouble and not nothing.stale


def test_a_show_without_its_tvdb_id_is_found_over_tmdb(fanart):
    answer = ask(fanart, show_wanted(tmdb="70523"))
    assert names(answer) == ["dark-fanart-en.jpg"]
    assert answer.ids == (ProviderId(Authority.TVDB, Medium.SHOW, "334824"),)


def test_a_show_is_never_asked_for_as_a_film(fanart, doubles):
    ask(fanart, show_wanted(imdb="tt5753856"))
    assert doubles.fanart.paths("/movies/") == []


def test_the_key_goes_in_a_header_and_in_the_query_only_where_the_header_is_refused(
    fanart, doubles, tmp_path
):
    ask(fanart, film_wanted())
    assert all("api_key" not in query for _, query, _ in doubles.fanart.asked)
    doubles.fanart.takes_header = False
    with opened(doubles, tmp_path / "new") as providers:
        assert names(ask(providers[ProviderName.FANART], film_wanted()))
        ask(providers[ProviderName.FANART], show_wanted())
    assert [query.get("api_key") for _, query, _ in doubles.fanart.asked[1:]] == [
        None,
        FANART_KEY,
        FANART_KEY,
    ]


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"movieposter": 7}', b'{"movieposter": [7, {"url": 7}]}']
)
def test_an_answer_of_another_shape_is_no_crash(fanart, doubles, body):
    doubles.fanart.misbehave("/v3/movies/348", answering(200, body))
    assert not ask(fanart, film_wanted()).candidates
