"""What is written on pictures: titles that fonts can draw, season names, labels of one or more episodes."""

import pytest

from app.poster.choosing.titles import (
    card_label,
    episode_title,
    is_drawable,
    item_title,
    reads_from_right,
    season_name,
)
from app.poster.choosing.wording import Wording, read_wording
from app.poster.records.library import Episode, Season
from tests.poster.items import episode, film
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


@pytest.mark.parametrize("text", ["Alien", "Amélie ½", "Сталкер", "千と千尋", "الرسالة", "", "A\nB"])
def test_the_fonts_of_the_package_draw_what_titles_are_made_of(text):
    assert is_drawable(text)


@pytest.mark.parametrize(
    ("name", "number", "renames", "expected"),
    [
        ("Book One", 1, False, "Book One"),
        ("", 3, False, "Season 3"),
        (" ", 0, False, "Specials"),
        ("Season 1", 1, True, "Staffel 1"),
        ("Specials", 0, True, "Spezial"),
    ],
)
def test_seasons_keep_their_name_or_take_the_users_words(name, number, renames, expected):
    values = {"OverrideSeasonName": str(renames).lower(), "SeasonOverrideText": "Staffel"}
    wording = read_wording(settings_with(**values, SpecialSeasonOverrideText="Spezial"))
    assert season_name(Season("s", number, name), wording) == expected


@pytest.mark.parametrize(
    ("numbers", "label"),
    [
        ((7,), "Staffel 2 • Folge 7"),
        ((1, 2), "Staffel 2 • Folge 1 & 2"),
        ((1, 2, 3), "Staffel 2 • Folge 1–3"),
        ((1, 4, 9), "Staffel 2 • Folge 1, 4 & 9"),
    ],
)
def test_the_label_has_every_number_of_the_file(numbers, label):
    wording = read_wording(settings_with(SeasonTCText="Staffel", EpisodeTCText="Folge"))
    assert card_label(episode(2, *numbers), wording) == label


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
