import json

import pytest

from app.poster.settings import DEFAULTS, Settings
from app.poster.text.fonts import DEFAULT_FONT, FALLBACK_FONTS, coverage
from app.poster.text.label_words import LABEL_WORDS
from app.poster.text.wording import LineBreaks, episode_label, prepare, read_line_breaks

NONE = LineBreaks()


def test_capitals_are_made_when_wanted():
    assert prepare("Amélie", True, NONE) == "AMÉLIE"
    assert prepare("Amélie", False, NONE) == "Amélie"


def test_georgian_keeps_the_letters_that_fonts_have():
    georgian = "\u10db\u10dd\u10dc\u10d0\u10dc\u10d8\u10d4\u10d1\u10d0"
    assert prepare(f"{georgian} and repentance", True, NONE) == f"{georgian} AND REPENTANCE"
    assert prepare(f"la {georgian}: stra\u00dfe", True, NONE) == f"LA {georgian}: STRASSE"


@pytest.mark.parametrize(
    "title", ['"Up"', "\u201cUp\u201d", "\u201eUp\u201f", "`$(reboot)`", "\u2018a\u2019 \u00ab\u00bb'"]
)
def test_every_quote_is_drawn_as_it_stands(title):
    assert prepare(title, False, NONE) == title


@pytest.mark.parametrize(
    ("title", "language", "capitals"),
    [
        ("Οδύσσεια", "el", "ΟΔΥΣΣΕΙΑ"),
        ("Μαΐου", "", "ΜΑΪΟΥ"),
        ("Diriliş", "tr", "DİRİLİŞ"),
        ("Istanbul'da iki", "tr-TR", "ISTANBUL'DA İKİ"),
        ("Birdie", "en", "BIRDIE"),
        ("ижак", "uk", "ИЖАК"),
    ],
)
def test_capitals_are_those_of_the_language(title, language, capitals):
    assert prepare(title, True, NONE, language) == capitals


def test_every_symbol_is_replaced_by_a_break_in_any_case():
    breaks = LineBreaks(symbols=(" - ", " und "))
    assert prepare("Tom UND Jerry - Der Film - Teil 2", False, breaks) == "Tom\nJerry\nDer Film\nTeil 2"


def test_a_symbol_to_keep_stays_before_the_break():
    assert prepare("Alien: Covenant", False, LineBreaks(symbols=(":",), kept=(":",))) == "Alien:\nCovenant"


def test_words_are_replaced_literally_after_the_capitals():
    breaks = LineBreaks(words={"WEIHNACHTSGESCHICHTE": "WEIHNACHTS-\nGESCHICHTE"})
    assert prepare("Eine Weihnachtsgeschichte", True, breaks) == "EINE WEIHNACHTS-\nGESCHICHTE"


def test_no_line_is_empty_and_none_has_blanks_at_its_ends():
    assert prepare(" - A -  - B - ", False, LineBreaks(symbols=("-",))) == "A\nB"


def test_control_characters_are_no_letters():
    assert prepare("A\x00B\tC", False, NONE) == "A B C"


def test_a_symbol_that_means_something_in_a_pattern_is_only_itself():
    assert prepare("A.B (C)", False, LineBreaks(symbols=(".", "("))) == "A\nB\nC)"


def make_settings(section="PrerequisitePart", **values) -> Settings:
    return Settings({section: values}, json.loads(DEFAULTS.read_text("utf-8")))


def test_line_breaks_follow_their_two_switches():
    off = read_line_breaks(make_settings(NewLineSymbols=[":"], NewLineWords={"A": "B"}))
    assert (off.symbols, off.words) == ((), {})
    on = read_line_breaks(
        make_settings(
            NewLineOnSpecificSymbols="true",
            NewLineSymbols=[":"],
            NewLineOnSpecificWords="true",
            NewLineWords={"A": "B"},
            SymbolsToKeepOnNewLine=[":"],
        )
    )
    assert on == LineBreaks(symbols=(":",), kept=(":",), words={"A": "B"})


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
def test_the_episode_label_is_in_the_librarys_language_and_has_plain_numbers(language, label):
    assert episode_label(make_settings(), 1, 2, language) == label


def test_the_users_own_words_rule_over_the_language():
    settings = make_settings("TitleCardEPTextPart", SeasonTCText="SEASON", EpisodeTCText="Teil")
    assert episode_label(settings, 1, 2, "de") == "SEASON 1 \u2022 Teil 2"


def test_a_file_of_two_episodes_has_both_numbers():
    assert episode_label(make_settings(), 1, 2, "de", last_episode=3) == "Staffel 1 \u2022 Folge 2\u20133"
    assert episode_label(make_settings(), 1, 2, "de", last_episode=2) == "Staffel 1 \u2022 Folge 2"


def test_the_words_of_many_languages_are_complete_and_can_be_drawn():
    covered = frozenset().union(*map(coverage, (DEFAULT_FONT, *FALLBACK_FONTS)))
    assert len(LABEL_WORDS) >= 50
    for language, words in LABEL_WORDS.items():
        phrases = (words.season, words.episode, words.specials)
        assert all(phrase.strip() == phrase != "" for phrase in phrases), language
        assert {ord(letter) for phrase in phrases for letter in phrase} - covered - {0x200C} == set(), (
            language
        )
