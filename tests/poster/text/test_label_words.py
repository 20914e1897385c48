"""Labels of title cards in many languages."""

import pytest

from app.poster.text.label_words import LABEL_WORDS, card_label, joined_numbers, label_words
from app.poster.text.typesetter import missing_characters


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("", "Season 1 \u2022 Episode 2"),
        ("en-GB", "Season 1 \u2022 Episode 2"),
        ("xx", "Season 1 \u2022 Episode 2"),
        ("de", "Staffel 1 \u2022 Folge 2"),
        ("pt-BR", "Temporada 1 \u2022 Episódio 2"),
        ("NO", "Sesong 1 \u2022 Episode 2"),
        ("hu", "1. évad \u2022 2. rész"),
        ("ja", "シーズン1 \u2022 第2話"),
        ("zh_TW", "第1季 \u2022 第2集"),
    ],
)
def test_the_label_is_in_the_librarys_language_and_has_plain_numbers(language, label):
    assert card_label(label_words(language), 1, (2,)) == label


def test_the_users_own_words_replace_those_of_the_language():
    assert card_label(label_words("de", season="SEASON"), 1, (2,)) == "SEASON 1 \u2022 Folge 2"
    assert card_label(label_words("ja", episode="Part {} of 9"), 0, (2,)) == "シーズン0 \u2022 Part 2 of 9"


@pytest.mark.parametrize(
    ("numbers", "text"), [((3,), "3"), ((1, 2), "1 & 2"), ((1, 2, 3), "1\u20133"), ((1, 4, 9), "1, 4 & 9")]
)
def test_a_file_of_several_episodes_has_all_their_numbers(numbers, text):
    assert joined_numbers(numbers) == text
    assert card_label(label_words("de"), 1, numbers) == f"Staffel 1 \u2022 Folge {text}"


def test_the_words_of_many_languages_are_complete_and_can_be_drawn():
    assert len(LABEL_WORDS) >= 50
    for language, words in LABEL_WORDS.items():
        phrases = (words.season, words.episode, words.specials)
        assert all(phrase.strip() == phrase != "" for phrase in phrases), language
        assert missing_characters(" ".join(phrases)) == (), language
