"""What TMDB is asked, and what its answers mean."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import Lettered, ProviderName
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import EpisodeOrder
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.scripted import answering
from tests.doubles.world import BACKGROUND, LOGO, POSTER, STILL, TMDB, Art, Collection, EpisodeEntry
from tests.poster.providers.opened import (
    ask,
    card_wanted,
    film_wanted,
    ids,
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
def tmdb(doubles, tmp_path):
    with opened(doubles, tmp_path) as providers:
        yield providers[ProviderName.TMDB]


def test_all_pictures_of_a_kind_come_in_the_order_of_tmdb_with_what_choosing_needs(tmdb):
    answer = ask(tmdb, film_wanted())
    first, second = answer.candidates
    assert names(answer) == ["alien-tmdb-en.jpg", "alien-tmdb-textless.jpg"]
    assert first.address == "https://image.tmdb.org/t/p/original/alien-tmdb-en.jpg"
    assert (first.lettered, first.language, first.region) == (Lettered.WITH_TEXT, "en", "US")
    assert (first.width, first.height, first.votes, first.vote_count, first.rank) == (2000, 3000, 5.4, 12, 0)
    assert (second.lettered, second.language, second.rank) == (Lettered.TEXTLESS, "", 1)
    assert answer.page == "https://www.themoviedb.org/movie/348/images/posters"
    assert not (answer.trouble or answer.ids or answer.stale) and answer.is_final


@pytest.mark.parametrize(
    ("wanted", "kind", "found", "page"),
    [
        (film_wanted(), Kind.BACKGROUND, "alien-tmdb-background.jpg", "movie/348/images/backdrops"),
        (film_wanted(), Kind.LOGO, "alien-tmdb-logo.png", "movie/348/images/logos"),
        (show_wanted(), Kind.BACKGROUND, "dark-tmdb-background.jpg", "tv/70523/images/backdrops"),
        (season_wanted(1), None, "dark-tmdb-season-1.jpg", "tv/70523/season/1/images/posters"),
        (season_wanted(0), None, "dark-tmdb-season-0.jpg", "tv/70523/season/0/images/posters"),
        (season_wanted(1), Kind.POSTER, "dark-tmdb-textless.jpg", "tv/70523/images/posters"),
        (card_wanted(1, 2), None, "dark-tmdb-s1e2.jpg", "tv/70523/season/1/episode/2/images/backdrops"),
        (card_wanted(1, 2), Kind.BACKGROUND, "dark-tmdb-background.jpg", "tv/70523/images/backdrops"),
    ],
)
def test_each_kind_has_its_own_list(tmdb, wanted, kind, found, page):
    answer = ask(tmdb, wanted, kind)
    assert names(answer)[0] == found
    assert {candidate.kind for candidate in answer.candidates} == {kind or wanted.kind}
    assert answer.page == f"https://www.themoviedb.org/{page}"


def test_one_request_serves_poster_background_and_logo(doubles, tmdb):
    for kind in (Kind.POSTER, Kind.BACKGROUND, Kind.LOGO):
        ask(tmdb, film_wanted(), kind)
    assert doubles.tmdb.paths() == ["/3/movie/348"]


def test_the_languages_of_all_lists_and_libraries_and_none_are_asked_for_at_once(doubles, tmp_path):
    lists = {
        "PreferredLanguageOrder": ["xx", "fr-CA"],
        "LibraryLanguageOverrides": {"Filme": {"PreferredLanguageOrder": ["de", "pt-BR"]}},
        "LogoLanguageOrder": ["ja"],
    }
    with opened(doubles, tmp_path, **lists) as providers:
        ask(providers[ProviderName.TMDB], film_wanted())
    asked = doubles.tmdb.asked[0][1]["include_image_language"].split(",")
    assert {"fr", "de", "pt", "ja", "xx", "null"} <= set(asked)
    assert not any("-" in word for word in asked)


@pytest.mark.parametrize(
    ("language", "region", "lettered", "expected"),
    [
        (None, None, Lettered.TEXTLESS, ("", "")),
        (None, "US", Lettered.TEXTLESS, ("", "")),
        ("xx", None, Lettered.TEXTLESS, ("", "")),
        ("en", None, Lettered.WITH_TEXT, ("en", "")),
        ("en", "XX", Lettered.WITH_TEXT, ("en", "")),
        ("fr", "CA", Lettered.WITH_TEXT, ("fr", "CA")),
        ("de", "at", Lettered.WITH_TEXT, ("de", "AT")),
    ],
)
def test_textless_is_told_by_the_language_never_by_the_country(
    doubles, tmp_path, language, region, lettered, expected
):
    doubles.world.films[0].art = [Art(TMDB, POSTER, "one.jpg", language, region)]
    with opened(doubles, tmp_path, PreferredLanguageOrder=["xx", "en", "fr", "de"]) as providers:
        (found,) = ask(providers[ProviderName.TMDB], film_wanted()).candidates
    assert (found.lettered, (found.language, found.region)) == (lettered, expected)


def test_a_logo_drawn_in_lines_is_taken_as_the_same_logo_in_pixels(doubles, tmdb):
    doubles.world.films[0].art = [Art(TMDB, LOGO, "logo.svg", "en"), Art(TMDB, LOGO, "logo.SVG", "en")]
    assert names(ask(tmdb, film_wanted(), Kind.LOGO)) == ["logo.png", "logo.png"]


def test_a_missing_id_is_found_by_the_others_and_reported(tmdb, doubles):
    answer = ask(tmdb, film_wanted(imdb="tt0078748"))
    assert names(answer)
    assert answer.ids == (ProviderId(Authority.TMDB, Medium.FILM, "348"),)
    assert names(ask(tmdb, show_wanted(tvdb="334824")))
    ask(tmdb, film_wanted(imdb="tt0078748"), Kind.BACKGROUND)
    assert doubles.tmdb.paths("/find/") == ["/3/find/tt0078748", "/3/find/334824"]


def test_a_film_of_which_only_the_tvdb_id_is_known_is_found_over_imdb(tmdb, doubles):
    assert names(ask(tmdb, film_wanted(tvdb="31")))
    assert doubles.tmdb.paths("/find/") == ["/3/find/tt0078748"]


def test_a_dead_id_is_stale_and_the_next_one_is_tried(tmdb):
    answer = ask(tmdb, film_wanted(tmdb="999", imdb="tt0078748"))
    assert names(answer)
    assert answer.stale == (ProviderId(Authority.TMDB, Medium.FILM, "999"),)
    assert answer.ids == (ProviderId(Authority.TMDB, Medium.FILM, "348"),)


def test_an_item_that_nobody_knows_has_no_pictures_and_no_trouble(tmdb):
    answer = ask(tmdb, film_wanted(tmdb="999"))
    assert not answer.candidates and not answer.trouble and answer.is_final
    assert [one.value for one in answer.stale] == ["999"]


def test_the_id_of_a_show_is_never_asked_for_as_a_film(tmdb, doubles):
    doubles.world.films[0].tmdb = 70523
    assert names(ask(tmdb, show_wanted(tmdb="70523")))[0].startswith("dark")
    assert names(ask(tmdb, film_wanted(tmdb="70523")))[0].startswith("alien")


@pytest.mark.parametrize("wanted", [season_wanted(7), card_wanted(1, 99)])
def test_a_season_or_episode_that_is_missing_makes_no_id_stale(tmdb, wanted):
    answer = ask(tmdb, wanted)
    assert not answer.candidates and not answer.stale and not answer.trouble


EPISODE = {
    "tvdb": ProviderId(Authority.TVDB, Medium.EPISODE, "7001"),
    "imdb": ProviderId(Authority.IMDB, Medium.EPISODE, "tt6305578"),
    "tmdb": ProviderId(Authority.TMDB, Medium.EPISODE, "7101"),
    "other": ProviderId(Authority.TVDB, Medium.EPISODE, "999999"),
}


@pytest.mark.parametrize(
    ("order", "own", "found"),
    [
        (EpisodeOrder.UNKNOWN, (), ["dark-tmdb-s1e2.jpg"]),
        (EpisodeOrder.AIRED_TMDB, ("tvdb",), ["dark-tmdb-s1e2.jpg"]),
        (EpisodeOrder.UNKNOWN, ("tvdb",), ["dark-tmdb-s1e1.jpg"]),
        (EpisodeOrder.AIRED_TVDB, ("tvdb",), ["dark-tmdb-s1e1.jpg"]),
        (EpisodeOrder.DVD, ("imdb",), ["dark-tmdb-s1e1.jpg"]),
        (EpisodeOrder.UNKNOWN, ("tmdb",), ["dark-tmdb-s1e1.jpg"]),
        (EpisodeOrder.UNKNOWN, ("other",), ["dark-tmdb-s1e2.jpg"]),
        (EpisodeOrder.AIRED_TVDB, ("other",), []),
        (EpisodeOrder.ABSOLUTE, (), []),
        (EpisodeOrder.DVD, (), []),
    ],
)
def test_an_episode_is_found_by_its_ids_and_by_number_only_where_tmdb_counts_alike(tmdb, order, own, found):
    wanted = card_wanted(1, 2, order, tuple(EPISODE[name] for name in own))
    assert names(ask(tmdb, wanted)) == found


def test_a_special_of_another_number_at_tmdb_gets_its_own_still(tmdb, doubles):
    dark = doubles.world.shows[0]
    dark.episodes.append(EpisodeEntry(0, 5, "Behind", 7005, 7105, tmdb_place=(0, 3)))
    dark.art += [Art(TMDB, STILL, f"special-{number}.jpg", season=0, episode=number) for number in (3, 5)]
    known = (ProviderId(Authority.TVDB, Medium.EPISODE, "7005"),)
    unknown = (ProviderId(Authority.TVDB, Medium.EPISODE, "7999"),)
    assert names(ask(tmdb, card_wanted(0, 5, own=known))) == ["special-3.jpg"]
    assert names(ask(tmdb, card_wanted(0, 5, own=unknown))) == []


def test_entries_that_make_no_sense_are_left_out_alone(tmdb, doubles):
    good = b'{"file_path": "/good.jpg", "width": "2000", "vote_average": null}'
    body = b'{"images": {"posters": [{"width": 1}, 7, null, %s], "backdrops": null}}' % good
    doubles.tmdb.misbehave("/3/movie/348", answering(200, body, Content_Type="application/json"))
    (found,) = ask(tmdb, film_wanted()).candidates
    assert (found.address.rsplit("/", 1)[-1], found.width, found.votes) == ("good.jpg", 2000, 0.0)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"images": 7}', b"\xff\xfe", b'{"images": null}', b""])
def test_an_answer_of_another_shape_is_no_crash(tmdb, doubles, body):
    doubles.tmdb.misbehave("/3/movie/348", answering(200, body))
    answer = ask(tmdb, film_wanted())
    assert not answer.candidates
    assert bool(answer.trouble) == (not answer.is_final)


def test_collections_have_posters_and_backgrounds(tmdb, doubles):
    art = [
        Art(TMDB, POSTER, "set.jpg"),
        Art(TMDB, BACKGROUND, "set-back.jpg"),
    ]
    doubles.world.collections.append(Collection("Alien Collection", 8091, art))
    wanted = film_wanted(Kind.COLLECTION)
    item = replace(wanted.item, medium=Medium.COLLECTION, ids=ids(Medium.COLLECTION, tmdb="8091"))
    wanted = replace(wanted, item=item)
    assert names(ask(tmdb, wanted)) == ["set.jpg"]
    assert names(ask(tmdb, wanted, Kind.BACKGROUND)) == ["set-back.jpg"]
