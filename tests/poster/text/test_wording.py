import json

import pytest

from app.poster.settings import DEFAULTS, Settings
from app.poster.text.label_words import card_label
from app.poster.text.wording import LineBreaks, prepare_title, read_label_words, read_line_breaks

NONE = LineBreaks()


def test_capitals_are_made_when_wanted():
    assert prepare_title("Amélie", True, NONE) == "AMÉLIE"
    assert prepare_title("Amélie", False, NONE) == "Amélie"


def test_georgian_keeps_the_letters_that_fonts_have():
    georgian = "\u10db\u10dd\u10dc\u10d0\u10dc\u10d8\u10d4\u10d1\u10d0"
    assert prepare_title(f"{georgian} and repentance", True, NONE) == f"{georgian} AND REPENTANCE"
    assert prepare_title(f"la {georgian}: stra\u00dfe", True, NONE) == f"LA {georgian}: STRASSE"


@pytest.mark.parametrize(
    "title", ['"Up"', "\u201cUp\u201d", "\u201eUp\u201f", "`$(reboot)`", "\u2018a\u2019 \u00ab\u00bb'"]
)
def test_every_quote_is_drawn_as_it_stands(title):
    assert prepare_title(title, False, NONE) == title


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
    assert prepare_title(title, True, NONE, language) == capitals


def test_every_symbol_is_replaced_by_a_break_in_any_case():
    breaks = LineBreaks(symbols=(" - ", " und "))
    assert prepare_title("Tom UND Jerry - Der Film - Teil 2", False, breaks) == "Tom\nJerry\nDer Film\nTeil 2"


def test_a_symbol_to_keep_stays_before_the_break():
    assert (
        prepare_title("Alien: Covenant", False, LineBreaks(symbols=(":",), kept=(":",))) == "Alien:\nCovenant"
    )


def test_words_are_replaced_literally_after_the_capitals():
    breaks = LineBreaks(words={"WEIHNACHTSGESCHICHTE": "WEIHNACHTS-\nGESCHICHTE"})
    assert prepare_title("Eine Weihnachtsgeschichte", True, breaks) == "EINE WEIHNACHTS-\nGESCHICHTE"


def test_no_line_is_empty_and_none_has_blanks_at_its_ends():
    assert prepare_title(" - A -  - B - ", False, LineBreaks(symbols=("-",))) == "A\nB"


def test_control_characters_are_no_letters():
    assert prepare_title("A\x00B\tC", False, NONE) == "A B C"


def test_a_symbol_that_means_something_in_a_pattern_is_only_itself():
    assert prepare_title("A.B (C)", False, LineBreaks(symbols=(".", "("))) == "A\nB\nC)"


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


def test_the_words_are_those_of_the_language_unless_the_user_has_set_his_own():
    assert read_label_words(make_settings(), "de").season == "Staffel"
    own = make_settings("TitleCardEPTextPart", SeasonTCText="SEASON", EpisodeTCText="Teil")
    assert card_label(read_label_words(own, "de"), 1, [2]) == "SEASON 1 \u2022 Teil 2"
