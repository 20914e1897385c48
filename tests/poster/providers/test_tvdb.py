"""What TVDB is asked, and what its answers mean."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import Lettered, ProviderName
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import EpisodeOrder
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.scripted import answering
from tests.doubles.world import POSTER, SEASON, STILL, TVDB, Art, EpisodeEntry
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
def tvdb(doubles, tmp_path):
    with opened(doubles, tmp_path) as providers:
        yield providers[ProviderName.TVDB]


@pytest.mark.parametrize(
    ("wanted", "kind", "found", "page"),
    [
        (film_wanted(tvdb="31"), None, ["alien-tvdb-textless.jpg"], "movies/alien#artwork"),
        (film_wanted(tvdb="31"), Kind.BACKGROUND, ["alien-tvdb-background.jpg"], "movies/alien#artwork"),
        (show_wanted(), None, ["dark-tvdb-textless.jpg"], "series/dark#artwork"),
        (show_wanted(), Kind.BACKGROUND, ["dark-tvdb-background.jpg"], "series/dark#artwork"),
        (season_wanted(1), None, ["dark-tvdb-season-1.jpg"], "series/dark/seasons/official/1#artwork"),
        (season_wanted(1), Kind.POSTER, ["dark-tvdb-textless.jpg"], "series/dark#artwork"),
        (card_wanted(1, 1), None, ["dark-tvdb-s1e1.jpg"], "series/dark/episodes/7001"),
        (card_wanted(1, 2), None, [], "series/dark/episodes/7002"),
        (card_wanted(1, 1), Kind.BACKGROUND, ["dark-tvdb-background.jpg"], "series/dark#artwork"),
    ],
)
def test_each_kind_has_its_own_list(tvdb, wanted, kind, found, page):
    answer = ask(tvdb, wanted, kind)
    assert names(answer) == found
    assert answer.page == f"https://thetvdb.com/{page}"
    assert not answer.trouble and not answer.stale


@pytest.mark.parametrize(
    ("language", "includes_text", "lettered", "expected"),
    [
        (None, None, Lettered.TEXTLESS, ("", "")),
        (None, True, Lettered.WITH_TEXT, ("", "")),
        ("eng", False, Lettered.TEXTLESS, ("", "")),
        ("eng", True, Lettered.WITH_TEXT, ("en", "")),
        ("eng", None, Lettered.WITH_TEXT, ("en", "")),
        ("spa", True, Lettered.WITH_TEXT, ("es", "")),
        ("pt", True, Lettered.WITH_TEXT, ("pt", "BR")),
        ("zhtw", True, Lettered.WITH_TEXT, ("zh", "TW")),
    ],
)
def test_textless_is_told_by_tvdb_itself_before_the_language(
    doubles, tvdb, language, includes_text, lettered, expected
):
    doubles.world.films[0].art = [Art(TVDB, POSTER, "one.jpg", language, includes_text=includes_text)]
    (found,) = ask(tvdb, film_wanted(tvdb="31")).candidates
    assert (found.lettered, (found.language, found.region)) == (lettered, expected)


def test_pictures_are_in_the_order_of_their_score(doubles, tvdb):
    doubles.world.films[0].art = [Art(TVDB, POSTER, f"{score}.jpg", score=score) for score in (3, 100042, 7)]
    answer = ask(tvdb, film_wanted(tvdb="31"))
    assert names(answer) == ["100042.jpg", "7.jpg", "3.jpg"]
    assert [(one.rank, one.votes) for one in answer.candidates] == [(0, 100042), (1, 7), (2, 3)]


def test_a_relative_address_is_below_the_image_host(doubles, tvdb):
    doubles.world.films[0].art = [Art(TVDB, POSTER, "one.jpg", relative=True)]
    (found,) = ask(tvdb, film_wanted(tvdb="31")).candidates
    assert found.address == "https://artworks.thetvdb.com/banners/v4/one.jpg"
    assert doubles.world.art_in(tvdb.fetch(found).content) == "one.jpg"


def test_one_login_serves_all_threads_and_an_expired_one_is_renewed_once(doubles, tvdb):
    wanted = [season_wanted(1), show_wanted(), card_wanted(1, 1), film_wanted(tvdb="31")]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: ask(tvdb, one), wanted))
        assert doubles.tvdb.paths("login") == ["/v4/login"]
        doubles.tvdb.expire()
        answers = list(
            pool.map(lambda one: ask(tvdb, one), [season_wanted(0), film_wanted(imdb="tt0078748")])
        )
    assert not any(answer.trouble for answer in answers)
    assert len(doubles.tvdb.paths("login")) == 2


def test_a_key_with_a_pin_is_sent_as_two(doubles, tmp_path):
    doubles.tvdb.pin = "pin-1234"
    assert doubles.keys["tvdbapi"].endswith("#pin-1234")
    with opened(doubles, tmp_path) as providers:
        assert providers[ProviderName.TVDB].check() == ""
        assert names(ask(providers[ProviderName.TVDB], show_wanted()))


def test_a_refused_key_is_asked_with_once(doubles, tmp_path):
    with opened(doubles, tmp_path, keys={"tvdbapi": "wrong"}) as providers:
        answers = [ask(providers[ProviderName.TVDB], show_wanted()) for _ in range(3)]
    assert all("set tvdbapi of ApiPart" in answer.trouble for answer in answers[1:])
    assert not any(answer.is_final for answer in answers)
    assert doubles.counts()["tvdb"] == 1


def test_the_episodes_of_a_show_are_listed_once_over_all_pages(doubles, tvdb, monkeypatch):
    monkeypatch.setattr("tests.doubles.provider_doubles.PAGE_SIZE", 50)
    dark = doubles.world.shows[0]
    dark.episodes = [EpisodeEntry(1, number, tvdb=number) for number in range(1, 122)]
    dark.art = [Art(TVDB, STILL, f"{number}.jpg", season=1, episode=number) for number in range(1, 122)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: ask(tvdb, card_wanted(1, number)), range(110, 122)))
    assert [names(answer) for answer in answers] == [[f"{number}.jpg"] for number in range(110, 122)]
    assert len(doubles.tvdb.paths("/episodes/")) == 3


EPISODE = {
    "tvdb": ProviderId(Authority.TVDB, Medium.EPISODE, "7001"),
    "imdb": ProviderId(Authority.IMDB, Medium.EPISODE, "tt6305578"),
}


@pytest.mark.parametrize(
    ("order", "own", "found"),
    [
        (EpisodeOrder.UNKNOWN, (), []),
        (EpisodeOrder.UNKNOWN, ("tvdb",), ["dark-tvdb-s1e1.jpg"]),
        (EpisodeOrder.AIRED_TMDB, ("tvdb",), ["dark-tvdb-s1e1.jpg"]),
        (EpisodeOrder.AIRED_TMDB, ("imdb",), ["dark-tvdb-s1e1.jpg"]),
    ],
)
def test_an_episode_is_found_by_its_ids_before_its_number(tvdb, order, own, found):
    assert names(ask(tvdb, card_wanted(1, 2, order, tuple(EPISODE[name] for name in own)))) == found


def test_an_episode_is_found_by_number_only_where_tvdb_counts_alike(tvdb, doubles):
    assert names(ask(tvdb, card_wanted(1, 1, EpisodeOrder.AIRED_TMDB))) == []
    assert names(ask(tvdb, card_wanted(1, 1, EpisodeOrder.AIRED_TVDB))) == ["dark-tvdb-s1e1.jpg"]
    ask(tvdb, card_wanted(1, 1, EpisodeOrder.DVD))
    assert doubles.tvdb.paths("/episodes/")[-1].endswith("/episodes/dvd")


def test_a_season_is_found_by_its_own_id_before_its_number(tvdb, doubles):
    doubles.world.shows[0].art.append(Art(TVDB, SEASON, "specials.jpg", season=0))
    own = ids(Medium.SEASON, tvdb="334824000")
    assert names(ask(tvdb, season_wanted(1, own=own))) == ["specials.jpg"]


def test_a_missing_id_is_found_by_the_others_and_reported(tvdb):
    by_imdb = ask(tvdb, film_wanted(imdb="tt0078748"))
    by_tmdb = ask(tvdb, show_wanted(tmdb="70523"))
    film_by_tmdb = ask(tvdb, film_wanted(tmdb="348"))
    assert names(by_imdb) == names(film_by_tmdb) == ["alien-tvdb-textless.jpg"]
    assert names(by_tmdb) == ["dark-tvdb-textless.jpg"]
    assert by_tmdb.ids == (ProviderId(Authority.TVDB, Medium.SHOW, "334824"),)


def test_a_number_of_somebody_else_counts_only_with_the_same_title(doubles, tmp_path):
    film = doubles.world.films[0]
    film.imdb = "348"
    with opened(doubles, tmp_path, keys={"tvdbapi": doubles.keys["tvdbapi"]}) as providers:
        tvdb = providers[ProviderName.TVDB]
        assert names(ask(tvdb, film_wanted(tmdb="348"))) == ["alien-tvdb-textless.jpg"]
        film.title = "Another film with that number"
    with opened(doubles, tmp_path / "new", keys={"tvdbapi": doubles.keys["tvdbapi"]}) as providers:
        assert names(ask(providers[ProviderName.TVDB], film_wanted(tmdb="348"))) == []


def test_a_dead_id_is_stale_and_the_next_one_is_tried(tvdb):
    answer = ask(tvdb, show_wanted(tvdb="1", imdb="tt5753856"))
    assert names(answer) == ["dark-tvdb-textless.jpg"]
    assert [one.value for one in answer.stale] == ["1"]
    assert [one.value for one in answer.ids] == ["334824"]


def test_the_picture_of_the_entry_serves_where_it_has_no_artworks(tvdb, doubles):
    body = b'{"data": {"slug": "a", "image": "/banners/p.jpg", "artworks": []}}'
    doubles.tvdb.misbehave("/v4/movies/31/extended", answering(200, body))
    (found,) = ask(tvdb, film_wanted(tvdb="31")).candidates
    assert found.address == "https://artworks.thetvdb.com/banners/p.jpg"
    assert found.lettered is Lettered.WITH_TEXT


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"data": 7}', b'{"data": null}', b'{"data": {"artworks": 7}}']
)
def test_an_answer_of_another_shape_is_no_crash(tvdb, doubles, body):
    doubles.tvdb.misbehave("/v4/series/334824", answering(200, body))
    for wanted in (show_wanted(), season_wanted(1), card_wanted(1, 1)):
        doubles.tvdb.misbehave("/v4/series/334824", answering(200, body))
        assert not ask(tvdb, wanted).candidates
