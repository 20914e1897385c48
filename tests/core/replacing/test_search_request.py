"""What is asked of the providers for a request, by what is known of the asset."""

import json

import pytest

from app.core.errors import Invalid
from app.core.replacing.provider_search import Search, id_in_title, require_searchable
from app.core.replacing.search_request import replacement_search, tmdb_search
from tests import exported
from tests.choices import make_row, take

ALIEN = "Movies/Alien (1979)/poster.jpg"
ALIENS = "Collections/Movies/Aliens"
IDS = {"tmdb": "348", "imdb": "tt0078748"}


def make_form(**overrides):
    texts = dict.fromkeys(
        ("title", "show_title", "tmdb_id", "tvdb_id", "imdb_id", "folder_name", "library_name"), ""
    )
    numbers = dict.fromkeys(("year", "season_number", "episode_number"))
    usual = {"asset_path": ALIEN, "asset_type": "poster", "media_type": "movie", "is_manual_search": False}
    return texts | numbers | usual | overrides


@pytest.fixture
def search(machine):
    """What a request becomes on a server whose last run chose a picture of one film."""
    take(machine, make_row())

    def searched(**form):
        with machine.database.reading() as session:
            return replacement_search(session, make_form(**form))

    return searched


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, {"ids": IDS, "library": "Movies", "folder": "Alien (1979)"}),
        ({"tvdb_id": "31", "title": "Alien"}, {"ids": {"tvdb": "31"}, "title": "Alien"}),
        ({"asset_path": "manual_poster_1", "title": "Alien", "year": 9}, {"ids": {}, "year": 9}),
        ({"asset_path": "x", "folder_name": "Alien (1979)", "library_name": "Movies"}, {"ids": IDS}),
        ({"asset_path": "x", "folder_name": "Alien (1979)", "library_name": "Other"}, {"ids": {}}),
        ({"title": "Alien", "is_manual_search": True}, {"ids": {}, "folder": "", "title": "Alien"}),
        ({"title": "S01E01 | Secrets", "show_title": "Dark"}, {"title": "Dark"}),
        ({"asset_path": "TV/Dark (2017)/S01E02.jpg", "asset_type": "titlecard"}, {"season": 1, "episode": 2}),
        ({"asset_path": "TV/Dark (2017)/S01E02.jpg", "season_number": 0}, {"season": 0, "episode": 2}),
        ({"asset_path": f"{ALIENS}/poster.jpg"}, {"kind": "collection", "medium": "collection"}),
        ({"asset_path": f"{ALIENS}/background.jpg", "asset_type": "background"}, {"kind": "background"}),
        ({"asset_type": "logo", "media_type": "tv"}, {"kind": "logo", "medium": "tv"}),
        ({"title": "tmdb-7", "asset_path": "x"}, {"ids": {"tmdb": "7"}, "title": ""}),
        ({"title": "a\0b\ud800", "folder_name": "\0"}, {"title": "ab?"}),
    ],
)  # fmt: skip
def test_a_request_is_completed_by_path_and_earlier_runs(search, form, expected):
    found, _ = search(**form)
    assert {name: getattr(found, name) for name in expected} == expected


def test_ids_of_the_newest_export_come_before_those_of_choices(client, machine, search):
    film = exported.make_film(root_foldername="Alien (1979)", tmdbid="349", imdbid="", tvdbid="")
    exported.write_pair(machine.paths.logs, library=[film])
    assert client.post("/api/plex-export/import").json["success"]
    assert search()[0].ids == {"tmdb": "349", "imdb": "tt0078748"}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("tmdb-348", ("tmdb", {"tmdb": "348"})),
        ("TVDB: 31", ("tvdb", {"tvdb": "31"})),
        ("imdb-tt0078748", ("imdb", {"imdb": "tt0078748"})),
        (" tt0078748 ", ("imdb", {"imdb": "tt0078748"})),
        ("1917", ("", {})),
        ("Alien", ("", {})),
    ],
)
def test_a_title_may_be_an_id(title, found):
    assert id_in_title(title) == found


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"title": " "}, "nothing to search for"),
        ({"title": "Dark", "kind": "season"}, "season_number"),
        ({"title": "Dark", "kind": "titlecard", "season": 1}, "episode_number"),
    ],
)
def test_a_search_that_lacks_something_is_refused(facts, told):
    with pytest.raises(Invalid, match=told):
        require_searchable(Search(**{"kind": "poster", "medium": "tv", **facts}))


def test_a_number_is_searched_as_a_title_and_as_an_id_of_tmdb(machine):
    form = {"query": "1917", "poster_type": "standard", "media_type": "movie"}
    form |= dict.fromkeys(("year", "season_number", "episode_number"))
    with pytest.raises(Invalid, match="tmdbtoken"):
        tmdb_search(machine.config, form)
    config = json.loads(machine.paths.config.read_text())
    config["ApiPart"]["tmdbtoken"] = "a token"
    machine.paths.config.write_text(json.dumps(config))
    search = tmdb_search(machine.config, form)
    assert (search.title, search.ids, search.also_by_title) == ("1917", {"tmdb": "1917"}, True)
    assert search.providers == ("tmdb",)
