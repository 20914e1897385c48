"""What the user's rules change about how a picture is chosen."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName
from app.poster.records.library import Library, LibraryContent, SourceName
from app.poster.records.ruling import Ruling, Unwatched
from app.poster.records.wanted import WantedAsset
from tests.poster.items import film
from tests.poster.offers import ASSETS, MANUAL, TMDB, TVDB, book_with, choose, picture
from tests.poster.rule_files import ruling_with

POSTER, BACKGROUND, CARD = Kind.POSTER, Kind.BACKGROUND, Kind.TITLE_CARD
POSTERS = [
    picture(),
    picture(language="fr-FR", votes=5),
    picture(language="fr-CA", votes=4),
    picture(TVDB),
    picture(TVDB, "en"),
]
CASES = {
    "no rule": ({}, "/TMDB-poster-textless.jpg"),
    "language": ({"language": ["fr"]}, "/TMDB-poster-fr-FR.jpg"),
    "language with a region": ({"language": ["fr-CA"]}, "/TMDB-poster-fr-CA.jpg"),
    "region": ({"language": ["fr"], "region": "CA"}, "/TMDB-poster-fr-CA.jpg"),
    "favourite": ({"provider": "tvdb"}, "/TVDB-poster-textless.jpg"),
    "order": ({"provider": ["tvdb"], "language": ["en", "fr"]}, "/TVDB-poster-en.jpg"),
}


@pytest.mark.parametrize(("values", "address"), CASES.values(), ids=CASES)
def test_language_region_and_provider_of_a_rule_choose_for_its_items_alone(tmp_path, values, address):
    book = book_with()
    usual = choose(ASSETS[POSTER], book, *POSTERS)
    ruled = replace(ASSETS[POSTER], ruling=ruling_with(tmp_path, **values))
    decision = choose(ruled, book, *POSTERS)
    assert (decision.chosen.address, decision.fallback) == (address, False)
    assert decision.rules == ruled.ruling.names
    assert choose(ASSETS[POSTER], book, *POSTERS) == usual


def test_a_list_of_languages_takes_the_place_of_one_for_the_library_and_of_those_by_kind(tmp_path):
    library = Library(SourceName.PLEX, "1", "Films", LibraryContent.FILMS, "en")
    overrides = {"Films": {"PreferredLanguageOrder": ["de"], "PreferredBackgroundLanguageOrder": ["it"]}}
    book = book_with(LibraryLanguageOverrides=overrides)
    ruling = ruling_with(tmp_path, language=["fr"])
    for kind, tags in ((POSTER, ("fr",)), (BACKGROUND, ("fr", "xx"))):
        wanted = WantedAsset(kind, film(library=library), "Films/a/x.jpg", ruling=ruling)
        assert book.rules(wanted).languages == tags


def test_values_that_a_rule_leaves_wrong_are_noted_by_the_whole_book(tmp_path):
    book = book_with()
    book.rules(replace(ASSETS[POSTER], ruling=ruling_with(tmp_path, language=["zz"])))
    assert book.notes == []
    design = {"PrerequisitePart": {"SkipAddText": "perhaps"}}
    book.rules(replace(ASSETS[POSTER], ruling=ruling_with(tmp_path, design=design)))
    assert "SkipAddText" in book._settings.notes[0]


def card(watched: bool | None, unwatched: Unwatched) -> WantedAsset:
    usual = ASSETS[CARD]
    return replace(usual, episode=replace(usual.episode, watched=watched), ruling=Ruling(unwatched=unwatched))


STILL = picture(TMDB, kind=CARD)
OWN = picture(MANUAL, kind=CARD, address="/manual/S01E01.jpg")
WORDS = picture(ProviderName.TYPOGRAPHIC, kind=CARD)
COVERS = {
    "watched": (True, Unwatched.BLUR, [STILL], TMDB, False),
    "not watched": (False, Unwatched.BLUR, [STILL], TMDB, True),
    "unknown is shown": (None, Unwatched.BLUR, [STILL], TMDB, False),
    "nothing is hidden": (False, Unwatched.SHOW, [STILL], TMDB, False),
    "own pictures stay": (False, Unwatched.BLUR, [OWN, STILL], MANUAL, False),
    "words": (False, Unwatched.TYPOGRAPHIC, [STILL, WORDS], ProviderName.TYPOGRAPHIC, False),
    "own pictures before words": (False, Unwatched.TYPOGRAPHIC, [OWN, WORDS], MANUAL, False),
    "watched, no words": (True, Unwatched.TYPOGRAPHIC, [STILL, WORDS], TMDB, False),
}


@pytest.mark.parametrize(
    ("watched", "unwatched", "offers", "provider", "blurred"), COVERS.values(), ids=COVERS
)
def test_the_card_of_an_episode_that_is_not_watched_hides_its_still(
    watched, unwatched, offers, provider, blurred
):
    decision = choose(card(watched, unwatched), book_with(), *offers)
    assert (decision.chosen.provider, decision.treatment.blurred) == (provider, blurred)
    assert not decision.fallback
    if provider is ProviderName.TYPOGRAPHIC:
        assert "because the episode is not watched yet" in decision.notes[0]


def test_other_pictures_of_the_show_are_never_hidden(tmp_path):
    hidden = replace(ASSETS[BACKGROUND], ruling=Ruling(unwatched=Unwatched.BLUR))
    assert not choose(hidden, book_with(), picture(kind=BACKGROUND)).treatment.blurred
