"""Pictures of the providers over HTTP: the real engine, and doubles of the providers."""

import json

import pytest

from app.core.replacing import provider_search
from tests.doubles.loopback import breaking
from tests.doubles.provider_doubles import serving_providers

FETCH, SEARCH = "/api/assets/fetch-replacements", "/api/tmdb/search-posters"
ITEM_TYPES = {
    **dict.fromkeys(("url", "original_url", "poster_url", "poster_path", "title", "source"), str),
    **dict.fromkeys(("source_type", "type", "language"), str),
    **{"vote_average": float, "likes": int, "width": int, "height": int},
}


@pytest.fixture
def doubles(machine, monkeypatch):
    with serving_providers() as running:
        for name, address in running.environment.items():
            monkeypatch.setenv(name, address)
        config = json.loads(machine.paths.config.read_text())
        config["ApiPart"] |= running.keys
        machine.paths.config.write_text(json.dumps(config))
        yield running


def test_all_providers_offer_pictures_by_an_id_in_the_title(client, doubles):
    doubles.fanart.misbehave("/", breaking, always=True)
    body = {"asset_path": "manual_poster_1763990000000", "media_type": "movie", "asset_type": "poster"}
    answer = client.post(FETCH, json=body | {"title": "tmdb-348", "year": None, "tmdb_id": None})
    found = answer.json
    assert (answer.status_code, found["success"], found["detected_provider"]) == (200, True, "tmdb")
    assert {name: len(listed) for name, listed in found["results"].items()} == {
        "tmdb": 2,
        "tvdb": 1,
        "fanart": 0,
    }
    assert found["total_count"] == 3 and [one["provider"] for one in found["failed"]] == ["fanart"]
    for item in (*found["results"]["tmdb"], *found["results"]["tvdb"]):
        assert {name: type(value) for name, value in item.items()} == ITEM_TYPES
    assert found["results"]["tmdb"][0] == {
        "url": "https://image.tmdb.org/t/p/w500/alien-tmdb-textless.jpg",
        "original_url": "https://image.tmdb.org/t/p/original/alien-tmdb-textless.jpg",
        "poster_url": "https://image.tmdb.org/t/p/w500/alien-tmdb-textless.jpg",
        "poster_path": "/alien-tmdb-textless.jpg",
        **{"title": "", "source": "TMDB", "source_type": "provided_id", "type": "poster", "language": "xx"},
        **{"vote_average": 5.1, "likes": 0, "width": 2000, "height": 3000},
    }  # fmt: skip


def test_an_episode_of_the_library_is_found_by_its_path(client, doubles):
    body = {"asset_path": "TV Shows/Dark (2017)/S01E01.jpg", "media_type": "tv", "asset_type": "titlecard"}
    found = client.post(FETCH, json=body).json
    assert [item["type"] for item in found["results"]["tmdb"]] == ["episode_still"]
    assert found["results"]["tvdb"][0]["original_url"].endswith("/dark-tvdb-s1e1.jpg")
    assert {item["source_type"] for item in found["results"]["tmdb"]} == {"title_search"}


def test_tmdb_is_searched_by_title_alone_and_nobody_else_is_asked(client, doubles):
    found = client.post(
        SEARCH, json={"query": "Alien", "media_type": "movie", "poster_type": "standard"}
    ).json
    assert (found["success"], found["count"], found["failed"]) == (True, 2, [])
    assert found["posters"][1] == {
        **{"tmdb_id": 348, "title": "Alien", "poster_path": "/alien-tmdb-en.jpg"},
        "poster_url": "https://image.tmdb.org/t/p/w500/alien-tmdb-en.jpg",
        "original_url": "https://image.tmdb.org/t/p/original/alien-tmdb-en.jpg",
        **{"language": "en", "vote_average": 5.4, "width": 2000, "height": 3000, "type": "poster"},
    }
    assert doubles.tvdb.asked == doubles.fanart.asked == []


def test_without_a_key_nobody_is_asked_and_the_answer_says_what_to_set(client):
    found = client.post(FETCH, json={"asset_path": "x", "title": "Alien"})
    assert (found.status_code, found.json["results"]) == (200, {"tmdb": [], "tvdb": [], "fanart": []})
    assert [one["provider"] for one in found.json["failed"]] == ["tmdb", "tvdb", "fanart"]
    assert "set tmdbtoken of ApiPart" in found.json["message"]
    refused = client.post(SEARCH, json={"query": "Alien"})
    assert refused.status_code == 400 and "tmdbtoken" in refused.json["detail"] == refused.json["message"]


def test_an_engine_that_does_not_answer_in_time_is_503(client, doubles, monkeypatch):
    monkeypatch.setattr(provider_search, "LONGEST", 0.01)
    answer = client.post(FETCH, json={"asset_path": "x", "title": "Alien"})
    assert answer.status_code == 503 and "poster engine" in answer.json["detail"]


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        (FETCH, {}, "asset_path"),
        (FETCH, {"asset_path": ""}, "asset_path"),
        (FETCH, {"asset_path": "x"}, "nothing to search for"),
        (FETCH, {"asset_path": "x", "title": "Dark", "asset_type": "season"}, "season_number"),
        (FETCH, {"asset_path": "x", "title": "Dark", "asset_type": "sculpture"}, "asset_type"),
        (FETCH, {"asset_path": "x", "title": "Dark", "media_type": "radio"}, "media_type"),
        (FETCH, {"asset_path": "x", "tmdb_id": "../../etc"}, "tmdb_id"),
        (FETCH, {"asset_path": "x", "title": "x" * 501}, "title"),
        (FETCH, {"asset_path": "x", "title": "Dark", "year": "soon"}, "year"),
        (FETCH, [], "Invalid input"),
        (SEARCH, {}, "query"),
        (SEARCH, {"query": "Dark", "poster_type": "song"}, "poster_type"),
    ],
)
def test_what_cannot_be_searched_is_refused(client, path, body, told):
    answer = client.post(path, json=body)
    assert answer.status_code == 400 and told in answer.json["detail"]


@pytest.mark.parametrize("path", [FETCH, SEARCH])
def test_a_stranger_searches_nothing(anonymous, path):
    assert anonymous.post(path, json={"asset_path": "x", "query": "x"}).status_code == 401
