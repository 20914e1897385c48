"""What the providers offer for one asset, over their doubles."""

import json
import subprocess
import sys
from contextlib import closing
from time import monotonic

import pytest

from app.poster.choosing.language_lists import LanguageLists
from app.poster.offering.asking import Everyone
from app.poster.offering.document import offers_document
from app.poster.offering.query import OfferQuery
from app.poster.providers.table import open_providers, open_shared
from app.poster.providers.title_search import TitleSearch
from app.poster.records.environment import read_environment
from app.poster.settings import DEFAULTS, Settings
from tests.doubles.loopback import breaking, hanging, refusing
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.world import POSTER, TMDB, TVDB, Art, Collection, Film
from tests.poster.program import make_environment, write_config

SHOW = {"medium": "tv", "ids": {"tvdb": "334824"}}


@pytest.fixture
def doubles():
    with serving_providers() as running:
        yield running


@pytest.fixture
def offered(doubles, tmp_path):
    """Asks for a film's posters, unless the query says otherwise; returns the document."""

    def ask(seconds=20.0, api=None, **query):
        settings = Settings(
            {"ApiPart": {**doubles.keys, **(api or {})}}, json.loads(DEFAULTS.read_text("utf-8"))
        )
        opening = open_shared(settings, read_environment(doubles.environment, tmp_path), tmp_path, None)
        query = OfferQuery(**{"kind": "poster", "medium": "movie", **query})
        tags = LanguageLists(settings).tags(query.asset_kind, query.library)
        with closing(opening.cache):
            everyone = Everyone(
                open_providers(opening), TitleSearch(opening.tmdb, opening.tvdb), monotonic() + seconds
            )
            return json.loads(offers_document(everyone.offers(query), tags))

    return ask


def names(document):
    return [offer["address"].rsplit("/", 1)[-1] for offer in document["offers"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"ids": {"tmdb": "348"}}, ["alien-tmdb-textless.jpg", "alien-tvdb-textless.jpg"]),
        ({"ids": {"imdb": "tt0078748"}, "kind": "logo"}, ["alien-tmdb-logo.png"]),
        ({"folder": "Alien (1979) {tmdb-348}", "kind": "background"}, ["alien-tmdb-background.jpg"]),
        ({**SHOW, "kind": "season", "season": 1}, ["dark-tmdb-season-1.jpg"]),
        (
            {**SHOW, "kind": "titlecard", "season": 1, "episode": 1},
            ["dark-tmdb-s1e1.jpg", "dark-tvdb-s1e1.jpg"],
        ),
    ],
)  # fmt: skip
def test_each_kind_is_offered_by_the_ids_that_are_known(offered, query, expected):
    document = offered(**query)
    assert names(document)[: len(expected)] == expected
    assert (document["failed"], document["by_title"]) == ({}, False)


@pytest.mark.parametrize(
    "query",
    [
        {"title": "Alien", "year": 1979},
        {"title": "alien", "year": 1980},
        {"title": "Alien (1979)"},
        {"folder": "Alien (1979)"},
        {"title": "Alien", "ids": {"tmdb": "999999"}},
    ],
)
def test_a_title_is_searched_where_no_id_leads_to_a_picture(offered, query):
    document = offered(**query)
    assert "alien-tmdb-en.jpg" in names(document) and document["by_title"]
    assert {(offer["title"], offer["tmdb_id"]) for offer in document["offers"]} == {("Alien", "348")}


def test_titles_that_are_the_same_come_before_those_that_are_alike(doubles, offered):
    for number, title in enumerate(("Alien", "Alien Nation"), 500):
        art = [Art(TMDB, POSTER, f"{number}.jpg")]
        doubles.world.films.append(Film(title, 2001, number, art=art))
    found = offered(title="Alien")
    assert {"500.jpg", "alien-tmdb-en.jpg"} < set(names(found)) and "501.jpg" not in names(found)
    assert names(offered(title="Nation")) == ["501.jpg"]


def test_tvdb_is_searched_where_tmdb_has_no_such_title(doubles, offered):
    doubles.world.films.append(Film("Nosferatu", 1922, tvdb=77, art=[Art(TVDB, POSTER, "n.jpg", "deu")]))
    assert names(offered(title="Nosferatu", year=1922)) == ["n.jpg"]


def test_a_collection_is_found_by_its_name(doubles, offered):
    art = [Art(TMDB, POSTER, "all-aliens.jpg", "en")]
    doubles.world.collections.append(Collection("Alien Collection", 8091, art))
    assert names(offered(kind="collection", medium="collection", title="Alien Collection")) == [
        "all-aliens.jpg"
    ]


def test_languages_come_in_the_users_order_and_those_not_listed_come_last(doubles, offered):
    for language in ("fr", "ja", "pt"):
        doubles.world.films[0].art.append(Art(TMDB, POSTER, f"{language}.jpg", language))
    api = {"PreferredLanguageOrder": ["pt-BR", "de", "xx"], "LibraryLanguageOverrides": {}}
    shown = [offer["language"] for offer in offered(ids={"tmdb": "348"}, api=api)["offers"]]
    assert shown == ["pt", "de", "", "", "", "en", "fr", "ja"]


def test_pages_of_many_pictures_get_small_ones(offered):
    offers = offered(ids={"tmdb": "348"})["offers"]
    previews = {offer["provider"]: offer["preview"].rpartition("/")[0] for offer in offers}
    assert previews == {
        "tmdb": "https://image.tmdb.org/t/p/w500",
        "tvdb": "https://artworks.thetvdb.com/banners/v4",
        "fanart": "https://assets.fanart.tv/preview",
    }


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [(hanging, "no answer in time"), (refusing, "refuses its key"), (breaking, "no usable answer")],
)
def test_a_provider_that_fails_is_named_and_the_others_serve(doubles, offered, behaviour, told):
    doubles.fanart.misbehave("/", behaviour, always=True)
    document = offered(ids={"tmdb": "348"}, seconds=3.0)
    assert {offer["provider"] for offer in document["offers"]} == {"tmdb", "tvdb"}
    assert document["failed"].keys() == {"fanart"} and told in document["failed"]["fanart"]


def test_a_search_that_nobody_answers_names_everybody(doubles, offered):
    doubles.tmdb.misbehave("/3/search", breaking, always=True)
    doubles.tvdb.misbehave("/", breaking, always=True)
    document = offered(title="Alien")
    assert document["offers"] == [] and document["failed"].keys() == {"tmdb", "tvdb", "fanart"}


def ask_program(data, *arguments, **variables):
    command = [sys.executable, "-m", "app.poster.offering", *arguments]
    options = {"capture_output": True, "text": True, "timeout": 60}
    return subprocess.run(command, env=make_environment(data, **variables), **options)


def test_the_program_prints_one_document_and_keeps_the_answers(doubles, tmp_path):
    write_config(tmp_path, ApiPart=doubles.keys)
    query = json.dumps({"kind": "poster", "medium": "movie", "ids": {"tmdb": "348"}})
    ended = ask_program(tmp_path, query, **doubles.environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(json.loads(ended.stdout)["offers"]) == 5
    assert (tmp_path / "engine" / "cache" / "answers.sqlite").is_file()
    assert not any(key in ended.stdout for key in doubles.keys.values())


def test_a_query_that_makes_no_sense_is_one_line(tmp_path):
    ended = ask_program(tmp_path, '{"kind": "poster", "medium": "tv", "more": 1}')
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("posterizarr: the query cannot be used")
