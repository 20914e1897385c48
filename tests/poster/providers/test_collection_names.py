"""Collections at TMDB, by their id or by a name that only one of them has."""

import pytest

from app.poster.kinds import Kind
from app.poster.providers.ids import bare_collection
from app.poster.records.candidate import ProviderName
from app.poster.records.ids import Medium
from app.poster.records.wanted import WantedAsset
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.world import BACKGROUND, POSTER, TMDB, Art, Collection, World
from tests.poster.items import film
from tests.poster.providers.opened import ask, ids, names, opened


def collection(title, number):
    return Collection(
        title, number, [Art(TMDB, POSTER, f"{number}.jpg"), Art(TMDB, BACKGROUND, f"{number}-bg.jpg")]
    )


WORLD = World(
    collections=[
        collection("Alien Collection", 8091),
        collection("Alien Nation Collection", 9),
        collection("Dune Filmreihe", 10),
        collection("The Dune Saga", 11),
    ]
)


@pytest.fixture(scope="module")
def tmdb(tmp_path_factory):
    with serving_providers(WORLD) as doubles, opened(doubles, tmp_path_factory.mktemp("cache")) as providers:
        yield providers[ProviderName.TMDB]


@pytest.mark.parametrize(
    ("title", "number", "found"),
    [
        ("Alien Collection", None, 8091),
        ("alien", None, 8091),
        ("The Alien Saga", None, 8091),
        ("Alien Nation", None, 9),
        ("Dune Filmreihe", None, 10),
        ("Dune", None, None),
        ("Collection", None, None),
        ("Alien 3", None, None),
        ("Any words", 11, 11),
        ("Alien Collection", 404, 8091),
    ],
)
def test_an_id_goes_before_the_name_which_only_one_collection_may_have(tmdb, title, number, found):
    known = {"tmdb": str(number)} if number else {}
    item = film(title, medium=Medium.COLLECTION, ids=ids(Medium.COLLECTION, **known))
    for kind, end in ((Kind.COLLECTION, ""), (Kind.BACKGROUND, "-bg")):
        answer = ask(tmdb, WantedAsset(kind, item, "poster.jpg"))
        assert names(answer) == ([f"{found}{end}.jpg"] if found else [])
        assert answer.trouble == ""


def test_words_that_only_say_that_it_is_a_collection_do_not_count():
    assert bare_collection("The Alien Collection") == bare_collection("ALIEN") == "alien"
    assert bare_collection("The Collection") == ""
