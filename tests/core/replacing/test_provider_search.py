"""Searches are asked of the providers that have a key, and what they offer is shown as clients read it."""

import json

import pytest

from app.core.config_file import ConfigFile
from app.core.errors import Invalid
from app.core.replacing.provider_search import (
    KINDS,
    Search,
    id_in_title,
    is_number,
    replacement_results,
    search_providers,
    tmdb_posters,
)

OFFER = {
    **{
        "provider": "tmdb",
        "address": "https://image.example/t/original/a.jpg",
        "preview": "https://image.example/w/a.jpg",
    },
    **{"title": "Alien", "language": "en", "is_textless": False, "votes": 7.5, "likes": 3},
    **{"width": 2000, "height": 3000, "tmdb_id": "348"},
}


class Engine:
    """Records the query of a search and answers with an offer."""

    def __init__(self):
        self.queries = []

    def ask(self, query, seconds, part):
        self.queries.append(json.loads(query))
        return {"offers": [OFFER], "failed": {"fanart": "it did not answer"}, "by_title": True}


def config(tmp_path, **keys):
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"ApiPart": keys}))
    return ConfigFile(path)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("tmdb-348", ("tmdb", {"tmdb": "348"})),
        (" TVDB: 81189 ", ("tvdb", {"tvdb": "81189"})),
        ("imdb=tt0078748", ("imdb", {"imdb": "tt0078748"})),
        ("tt0078748", ("imdb", {"imdb": "tt0078748"})),
        ("TMDB 1", ("tmdb", {"tmdb": "1"})),
        *((title, ("", {})) for title in ("", "348", "tmdb-", "tmdb-348 Alien", "tt1", "Alien tt0078748")),
        *((title, ("", {})) for title in ("tmdb-" + "9" * 13, "tmdb-\N{ARABIC-INDIC DIGIT THREE}48")),
    ],
)
def test_an_id_is_an_id_where_it_is_the_whole_title(title, found):
    assert id_in_title(title) == found


@pytest.mark.parametrize(
    ("title", "is_id"),
    [(" 348 ", True), ("0", True), ("", False), ("3a", False), ("²", False), ("1" * 13, False)],
)
def test_a_number_has_plain_digits_and_fits_an_id(title, is_id):
    assert is_number(title) is is_id


@pytest.mark.parametrize(
    ("search", "words"),
    [
        (Search("poster", "movie"), "nothing to search for"),
        (Search("poster", "movie", title=" ", folder="\t"), "nothing to search for"),
        (Search("season", "tv", title="Dark"), "season needs season_number"),
        (Search("titlecard", "tv", title="Dark", episode=1), "titlecard needs season_number"),
        (Search("titlecard", "tv", title="Dark", season=0), "needs episode_number"),
    ],
)
def test_a_search_that_lacks_something_is_refused_and_nobody_is_asked(tmp_path, search, words):
    engine = Engine()
    with pytest.raises(Invalid, match=words):
        search_providers(engine, config(tmp_path, tmdbtoken="x"), search)
    assert engine.queries == []


def test_specials_and_a_first_episode_of_number_zero_can_be_searched(tmp_path):
    engine = Engine()
    search = Search("titlecard", "tv", ids={"tvdb": "1"}, season=0, episode=0, providers=("tmdb",))
    search_providers(engine, config(tmp_path, tmdbtoken="x"), search)
    query = engine.queries[0]
    assert (query["kind"], query["season"], query["episode"], query["ids"]) == (
        "titlecard",
        0,
        0,
        {"tvdb": "1"},
    )


def test_providers_without_a_key_are_named_and_not_asked(tmp_path):
    engine = Engine()
    # The packaged word, blanks and a value of another type are no keys.
    keys = {"tmdbtoken": "real", "tvdbapi": "TVDBAPIKEY", "FanartTvAPIKey": 5}
    found = search_providers(engine, config(tmp_path, **keys), Search("poster", "movie", "Alien"))
    assert engine.queries[0]["providers"] == ["tmdb"] and found.offers == [OFFER] and found.by_title
    assert found.failed == {
        "tvdb": "TVDB has no key: set tvdbapi of ApiPart in the settings.",
        "fanart": "it did not answer",
    }


def test_without_any_key_no_program_is_started(tmp_path):
    engine = Engine()
    found = search_providers(engine, config(tmp_path, tmdbtoken=" "), Search("poster", "movie", "Alien"))
    assert (found.offers, sorted(found.failed), engine.queries) == ([], ["fanart", "tmdb", "tvdb"], [])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_offer_stands_with_its_provider_and_the_type_of_its_kind(tmp_path, kind):
    search = Search(kind, "tv", "Alien", season=1, episode=1)
    found = search_providers(Engine(), config(tmp_path, tmdbtoken="x"), search)
    results = replacement_results(search, found)
    assert list(results) == ["tmdb", "tvdb", "fanart"] and results["tvdb"] == results["fanart"] == []
    (shown,) = results["tmdb"]
    assert (shown["type"], shown["source"], shown["source_type"]) == (KINDS[kind][1], "TMDB", "title_search")
    assert (shown["url"], shown["poster_path"]) == (OFFER["preview"], "/a.jpg")


@pytest.mark.parametrize(
    ("changes", "number", "language"),
    [({}, 348, "en"), ({"tmdb_id": ""}, 0, "en"), ({"tmdb_id": None, "is_textless": True}, 0, "xx")],
)
def test_a_picture_of_tmdb_without_an_id_or_text_is_shown_too(tmp_path, changes, number, language):
    search = Search("poster", "movie", "Alien")
    found = search_providers(Engine(), config(tmp_path, tmdbtoken="x"), search)
    found.offers[:] = [OFFER | changes]
    (shown,) = tmdb_posters(search, found)
    assert (shown["tmdb_id"], shown["language"]) == (number, language)
