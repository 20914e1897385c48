"""Every setting has words in German, written for it and not left in English."""

import re

import pytest

from app.core.settings.mapping import SettingPlace, known_places
from app.core.settings.translated_wording import translations, words_in
from app.core.settings.wording import known_labels, labels

PLACES = known_places()
# Names that are the same word in both languages.
ALIKE = {"Overlay", "Text"}


@pytest.mark.parametrize("name", PLACES)
def test_a_setting_is_named_and_explained_in_german(name):
    words, english = words_in("de", name, PLACES[name]), known_labels()[name]
    assert 3 <= len(words.name) <= 50
    assert words.name not in {english.name} - ALIKE
    assert 20 <= len(words.explanation) <= 330 and words.explanation[-1] == "."
    assert words.explanation != english.tooltip
    assert not re.search(r"[{}]|  ", words.explanation)


def test_numbers_and_names_of_the_english_explanation_are_in_the_german_one():
    wanted = re.compile(r"\b(?:\d{2,}|[A-Z]+_[A-Z_]+|https?://)")
    for name, place in PLACES.items():
        english, german = (
            set(wanted.findall(words_in(each, name, place).explanation)) for each in ("en", "de")
        )
        assert english == german, name


def test_within_a_section_no_two_settings_are_called_alike():
    pairs = [(place.section, words_in("de", name, place).name) for name, place in PLACES.items()]
    assert len(set(pairs)) == len(pairs)


def test_there_are_words_of_no_other_settings():
    own = {name for names in labels()["groups"].values() for name in names}
    assert set(translations("de")["settings"]) == own
    assert set(translations("de")["lettering"]) == set(labels()["lettering"])


def test_a_foreign_setting_is_called_by_its_key():
    words = words_in("de", "my_own", SettingPlace("Mine", "my_own"))
    assert words.name == "My Own" and "kennt der Server nicht" in words.explanation
