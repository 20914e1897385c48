"""What is written on pictures: titles that fonts can draw, season names, labels of one or more episodes."""

from dataclasses import replace

import pytest

from app.poster.choosing.titles import episode_title, is_drawable, item_title, reads_from_right, texts_of
from app.poster.choosing.wording import Wording, read_wording
from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import Episode, Season
from app.poster.records.wanted import WantedAsset
from tests.poster.items import SHOWS, episode, film, season, show
from tests.poster.offers import settings_with

NOWHERE = "\U0001d800\U0001d801"  # signs of a script that hardly any font has


@pytest.mark.parametrize(
    ("title", "original", "prefers_original", "drawn"),
    [
        ("Spirited Away", "千と千尋の神隠し", False, "Spirited Away"),
        ("Spirited Away", "千と千尋の神隠し", True, "千と千尋の神隠し"),
        ("Сталкер", "Stalker", False, "Сталкер"),
        ("Alien", "", True, "Alien"),
        ("Alien", "  ", True, "Alien"),
        (NOWHERE, "Alien", False, "Alien"),
        ("Alien", NOWHERE, True, "Alien"),
        (NOWHERE, "", False, NOWHERE),
        ("", "Alien", False, "Alien"),
        ("", "", False, ""),
    ],
)
def test_the_preferred_title_is_drawn_unless_only_the_other_can_be(title, original, prefers_original, drawn):
    item = film(title, original_title=original)
    assert item_title(item, Wording(prefers_original=prefers_original)) == drawn


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("Alien Collection", {}, ("Alien", "Collection")),
        ("Studio Ghibli", {}, ("Studio Ghibli", "Collection")),
        ("Collection", {}, ("Collection", "Collection")),
        ("Alien - Filmreihe", {"CollectionTitle": "Filmreihe"}, ("Alien", "Filmreihe")),
        ("Alien Collection", {"AddCollectionTitle": "false"}, ("Alien Collection", "")),
    ],
)
def test_the_word_below_the_name_of_a_collection_does_not_stand_in_it_too(name, values, expected):
    item = film(name, medium=Medium.COLLECTION)
    wanted = WantedAsset(Kind.COLLECTION, item, "poster.jpg")
    assert texts_of(wanted, read_wording(settings_with(**values))) == expected


@pytest.mark.parametrize("text", ["Alien", "Amélie ½", "Сталкер", "千と千尋", "الرسالة", "", "A\nB"])
def test_the_fonts_of_the_package_draw_what_titles_are_made_of(text):
    assert is_drawable(text)


def texts(kind: Kind, language: str, of: Season, row: Episode | None = None, **values) -> tuple[str, str]:
    """The texts on a season or title card of a show in a library of that language."""
    item = show(library=replace(SHOWS, language=language))
    return texts_of(WantedAsset(kind, item, "TV/a.jpg", of, row), read_wording(settings_with(**values)))


RENAMED = {
    "OverrideSeasonName": "true",
    "SeasonOverrideText": "Staffel",
    "SpecialSeasonOverrideText": "Spezial",
}


@pytest.mark.parametrize(
    ("name", "number", "language", "values", "expected"),
    [
        ("Book One", 1, "de", {}, "Book One"),
        ("", 3, "en", {}, "Season 3"),
        ("", 3, "de-AT", {}, "Staffel 3"),
        (" ", 0, "", {}, "Specials"),
        ("", 0, "fr", {}, "Épisodes spéciaux"),
        ("Season 1", 1, "en", RENAMED, "Staffel 1"),
        ("Specials", 0, "en", RENAMED, "Spezial"),
    ],
)
def test_seasons_keep_their_name_or_take_the_users_words(name, number, language, values, expected):
    assert texts(Kind.SEASON, language, Season("s", number, name), **values) == (expected, "Dark")


@pytest.mark.parametrize(
    ("numbers", "language", "values", "label"),
    [
        ((7,), "de", {}, "Staffel 2 • Folge 7"),
        ((7,), "fr", {"SeasonTCText": "Tome"}, "Tome 2 • Épisode 7"),
        ((1, 2), "en", {}, "Season 2 • Episode 1 & 2"),
        ((1, 2, 3), "", {}, "Season 2 • Episode 1–3"),
        ((1, 4, 9), "en", {"EpisodeTCText": "Part"}, "Season 2 • Part 1, 4 & 9"),
    ],
)
def test_the_label_has_every_number_of_the_file_in_the_librarys_words(numbers, language, values, label):
    row = episode(2, *numbers)
    assert texts(Kind.TITLE_CARD, language, season(2, row), row, **values) == ("Secrets", label)


@pytest.mark.parametrize(
    ("titles", "title"),
    [(("A", "B"), "A / B"), (("A", "A"), "A"), ((" ", "B"), "B"), ((), "")],
)
def test_a_card_has_the_titles_of_all_its_episodes(titles, title):
    assert episode_title(Episode("e", 1, (1, 2), titles)) == title


@pytest.mark.parametrize(
    ("language", "answer"), [("ar", True), ("he-IL", True), ("en", None), ("", None), ("German", None)]
)
def test_libraries_in_some_languages_read_from_the_right(language, answer):
    assert reads_from_right(language) is answer
