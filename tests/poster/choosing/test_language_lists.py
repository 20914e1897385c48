"""Lists of languages: by kind, by library, with regions, and what they are where they say nothing."""

import pytest

from app.poster.choosing.language_lists import LanguageLists
from app.poster.choosing.languages import Tag, read_tag
from app.poster.kinds import Kind
from tests.poster.offers import settings_with

OVERRIDES = {
    "Filme": {"PreferredLanguageOrder": ["de", "en"]},
    "Anime": {"PreferredLanguageOrder": ["ja"], "PreferredSeasonLanguageOrder": ["ja", "xx"]},
    "Broken": {"PreferredLanguageOrder": "de"},
}
GIVEN = {
    "PreferredLanguageOrder": ["fr", "xx"],
    "PreferredSeasonLanguageOrder": ["it"],
    "PreferredBackgroundLanguageOrder": ["PleaseFillMe"],
    "PreferredTCLanguageOrder": ["es"],
    "LibraryLanguageOverrides": OVERRIDES,
}


@pytest.mark.parametrize(
    ("kind", "library", "expected"),
    [
        (Kind.POSTER, "Movies", "fr xx"),
        (Kind.SEASON, "Movies", "it"),
        (Kind.BACKGROUND, "Movies", "fr xx"),
        (Kind.TITLE_CARD, "Movies", "es"),
        (Kind.POSTER, " filme ", "de en"),
        (Kind.BACKGROUND, "Filme", "de en xx"),
        (Kind.SEASON, "Filme", "it"),
        (Kind.SEASON, "Anime", "ja xx"),
        (Kind.TITLE_CARD, "Anime", "es"),
        (Kind.POSTER, "Broken", "fr xx"),
    ],
)
def test_each_kind_has_its_list_and_a_library_may_have_its_own(kind, library, expected):
    lists = LanguageLists(settings_with(**GIVEN))
    assert " ".join(map(str, lists.tags(kind, library))) == expected


@pytest.mark.parametrize(
    ("words", "expected", "notes"),
    [
        (["FR", "fr-ca", "pt_BR", "fr"], "fr fr-CA pt-BR", 0),
        (["french", "", "en", "e1"], "en", 2),
        (["none"], "xx en de", 1),
        ([], "xx en de", 0),
        (["PleaseFillMe"], "xx en de", 0),
    ],
)
def test_what_is_no_language_is_left_out_and_noted(words, expected, notes):
    lists = LanguageLists(settings_with(PreferredLanguageOrder=words))
    assert " ".join(map(str, lists.tags(Kind.POSTER, "Movies"))) == expected
    assert len(lists.notes) == notes


def test_a_language_tag_has_a_region_or_none():
    assert (read_tag(" zh-tw "), read_tag("en")) == (Tag("zh", "TW"), Tag("en"))
    assert [read_tag(text) for text in ("", "eng", "en-", "en-USA", "1a")] == [None] * 5


def test_overrides_that_are_no_object_are_noted_and_ignored():
    settings = settings_with(LibraryLanguageOverrides=["de"])
    assert LanguageLists(settings).tags(Kind.POSTER, "Filme")[0] == Tag("xx")
    assert "LibraryLanguageOverrides" in settings.notes[0]
