"""What a query looks for, how offers are ordered, and how the program ends without any provider."""

import json
import sys
from concurrent.futures import Future
from time import monotonic

import pytest

from app.poster.choosing.languages import read_tags
from app.poster.kinds import Kind
from app.poster.offering import __main__ as program
from app.poster.offering.asking import SLOW, Everyone, Offer, Offers
from app.poster.offering.document import language_place, offers_document
from app.poster.offering.query import OfferQuery
from app.poster.providers.title_search import FoundTitle
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer, ProviderName
from app.poster.records.ids import Authority, ProviderId
from app.poster.records.library import LibraryContent
from app.poster.web.trouble import Trouble, WebTrouble

TMDB, TVDB = ProviderName.TMDB, ProviderName.TVDB


def query(**facts) -> OfferQuery:
    return OfferQuery(**{"kind": "poster", "medium": "movie", **facts})


def picture(name: str = "a", language: str = "", region: str = "", **facts) -> Candidate:
    address = f"https://image.tmdb.org/t/p/original/{name}.jpg"
    return Candidate(TMDB, Kind.POSTER, address, language=language, region=region, **facts)


@pytest.mark.parametrize(
    ("facts", "searched"),
    [
        ({"title": "Alien", "year": 1979}, ("Alien", 1979)),
        ({"title": "Alien (1979)"}, ("Alien", 1979)),
        ({"title": "Alien (1979)", "year": 1980}, ("Alien", 1980)),
        ({"folder": "Alien (1979) {tmdb-348}"}, ("Alien", 1979)),
        ({"title": "Heat", "folder": "Alien (1979)"}, ("Heat", 1979)),
        ({"title": "Blade Runner 2049"}, ("Blade Runner 2049", None)),
        ({}, ("", None)),
    ],
)
def test_title_and_year_are_those_given_before_those_of_the_folder(facts, searched):
    assert query(**facts).searched == searched


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        ({"ids": {"tmdb": "348"}}, ["tmdb:movie:348"]),
        ({"ids": {"TMDB": " 348 ", "imdb": "78748"}}, ["tmdb:movie:348", "imdb:movie:tt0078748"]),
        ({"ids": {"tmdb": "348"}, "folder": "Alien {tmdb-348} {tvdb-9}"}, ["tmdb:movie:348", "tvdb:movie:9"]),
        ({"ids": {"tvdb": "81189"}, "medium": "tv"}, ["tvdb:show:81189"]),
        ({"ids": {"letterboxd": "5", "tmdb": "0", "tvdb": "null", "imdb": ""}}, []),
        ({"ids": {"tmdb": "9" * 13}}, []),
    ],
)
def test_ids_are_those_given_then_those_of_the_folder_and_nonsense_is_none(facts, ids):
    assert [str(one) for one in query(**facts).known_ids] == ids


@pytest.mark.parametrize(
    ("facts", "season", "episodes", "content"),
    [
        ({}, None, None, LibraryContent.FILMS),
        ({"medium": "tv", "season": 0}, 0, None, LibraryContent.SHOWS),
        ({"medium": "tv", "season": 2, "episode": 0}, 2, (0,), LibraryContent.SHOWS),
        ({"medium": "tv", "episode": 3}, None, None, LibraryContent.SHOWS),
        ({"medium": "collection"}, None, None, LibraryContent.COLLECTIONS),
    ],
)
def test_the_wanted_asset_has_the_season_and_the_episode_that_are_known(facts, season, episodes, content):
    (found,) = query(**facts).by_ids()
    assert (found.season and found.season.number, found.episode and found.episode.numbers) == (
        season,
        episodes,
    )
    assert found.item.library.content is content


@pytest.mark.parametrize(
    ("candidate", "place"),
    [
        (picture(language="fr", region="CA"), (0, 0)),
        (picture(language="fr", region="FR"), (1, 0)),
        (picture(language="fr"), (1, 0)),
        (picture(), (2, 0)),
        (picture(language="de", lettered=Lettered.TEXTLESS), (2, 0)),
        (picture(language="de", region="CH"), (3, 1)),
        (picture(language="ja"), (4, 0)),
    ],
)
def test_a_picture_has_the_place_of_its_language_and_region(candidate, place):
    tags, _ = read_tags(["fr-CA", "fr", "xx", "de-DE"])
    assert language_place(candidate, tags) == place


def test_the_document_names_what_failed_and_keeps_the_order_within_a_language():
    (wanted,) = query(ids={"tmdb": "348"}, title="Alien").by_ids()
    pictures = [picture("en-1", "en"), picture("ja", "ja"), picture("en-2", "en")]
    found = Offers(True, [Offer(one, wanted) for one in pictures], {TVDB: "TVDB: lost"})
    document = json.loads(offers_document(found, read_tags(["en"])[0]))
    assert [offer["address"].rpartition("/")[2] for offer in document["offers"]] == [
        *("en-1.jpg", "en-2.jpg", "ja.jpg")
    ]
    assert document["offers"][0]["preview"] == "https://image.tmdb.org/t/p/w500/en-1.jpg"
    assert (document["failed"], document["by_title"]) == ({"tvdb": "TVDB: lost"}, True)


class Provider:
    """Answers every question with these pictures, or with this trouble."""

    def __init__(self, *pictures: Candidate, trouble: str = ""):
        self.pictures, self.trouble, self.asked = pictures, trouble, []

    def ask(self, wanted, question) -> ProviderAnswer:
        self.asked.append(wanted.item.title)
        return ProviderAnswer(question, self.pictures, self.trouble)


class Search:
    """Finds this title, or fails where it is None."""

    def __init__(self, title: str | None = "Alien"):
        self.title = title

    def find(self, title, year, medium) -> list[FoundTitle]:
        if self.title is None:
            raise WebTrouble(Trouble.UNREACHABLE, "TMDB: lost")
        return [FoundTitle(self.title, year, ProviderId(Authority.TMDB, medium, "348"))]


ALIEN = {"title": "Alien", "ids": {"tmdb": "1"}}


@pytest.mark.parametrize(
    ("provider", "search", "facts", "by_title", "count", "failed"),
    [
        (Provider(picture()), Search(), ALIEN, False, 1, {}),
        (Provider(picture()), Search(), {**ALIEN, "also_by_title": True}, True, 2, {}),
        (Provider(), Search(), ALIEN, True, 0, {}),
        (Provider(), Search(), {"ids": {"tmdb": "1"}}, False, 0, {}),
        (Provider(picture()), Search(), {"title": "Alien"}, True, 1, {}),
        (Provider(trouble="TMDB: key"), Search(), ALIEN, False, 0, {TMDB: "TMDB: key"}),
        (Provider(), Search(None), {"title": "Alien"}, True, 0, {TMDB: "TMDB: lost"}),
        (Provider(picture()), Search(None), {**ALIEN, "also_by_title": True}, True, 1, {TMDB: "TMDB: lost"}),
    ],
)
def test_the_title_is_searched_only_where_the_ids_lead_to_nothing(
    provider, search, facts, by_title, count, failed
):
    found = Everyone({TMDB: provider}, search, monotonic() + 60).offers(query(**facts))
    assert (found.by_title, len(found.offers), found.failed) == (by_title, count, failed)


def test_after_the_deadline_every_provider_is_named_as_slow(monkeypatch):
    monkeypatch.setattr("app.poster.offering.asking.ThreadPoolExecutor.submit", lambda *given: Future())
    found = Everyone({TMDB: Provider(), TVDB: Provider()}, Search(), monotonic() - 1).offers(query(**ALIEN))
    assert (found.failed, found.by_title) == ({TMDB: SLOW, TVDB: SLOW}, False)


@pytest.fixture
def ended(tmp_path, monkeypatch, capsys):
    """Runs the program with arguments in an empty data folder; returns (code, stdout, stderr)."""
    monkeypatch.setattr(program, "refuse_link_local", lambda: None)
    monkeypatch.setattr(program.os, "environ", {"APP_DATA": str(tmp_path)})

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["offering", *arguments])
        return (program.main(), *capsys.readouterr())

    return run


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "the query cannot be used"),
        (("",), "the query cannot be used"),
        (("{",), "the query cannot be used"),
        (('{"kind": "poster"}',), "medium"),
        (('{"kind": "clear art", "medium": "movie"}',), "clear art"),
        (('{"kind": "poster", "medium": "movie", "year": "soon"}',), "int"),
        (('{"kind": "poster", "medium": "movie", "colour": "red"}',), "colour"),
        (("\udcff",), "the query cannot be used"),
    ],
)
def test_a_query_that_cannot_be_used_is_refused_with_the_reason(ended, arguments, words):
    code, out, said = ended(*arguments)
    assert (code, out) == (2, "") and words in said


def test_settings_that_cannot_be_used_are_named_and_without_keys_nothing_is_offered(tmp_path, ended):
    asked = '{"kind": "poster", "medium": "movie", "ids": {"tmdb": "348"}}'
    assert json.loads(ended(asked)[1]) == {"offers": [], "failed": {}, "by_title": False}
    (tmp_path / "config.json").write_text('{"ApiPart": {"tmdbtoken": "token"}}')
    (tmp_path / "engine.json").write_text("[]")
    code, out, said = ended(asked)
    assert (code, out) == (3, "") and "engine.json" in said
    (tmp_path / "config.json").write_text("{")
    code, out, said = ended(asked)
    assert (code, out) == (3, "") and "config.json cannot be read" in said
