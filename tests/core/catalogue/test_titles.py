import unicodedata

import pytest

from app.core.catalogue.titles import by_letter, fold, title_facts, title_sort_key


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("AMÉLIE", "amelie"),
        (unicodedata.normalize("NFD", "Amélie"), "amelie"),
        ("Straße", "strasse"),
        ("Æon Øresund Łódź", "aeon oresund lodz"),
        ("İstanbul ısı", "istanbul isi"),
        ("ﬁlm № Ⅳ", "film no iv"),
        ("Ελλάδα", "ελλαδα"),
        ("Война", "воина"),
        ("مُحَمَّد", "محمد"),
        ("서울", "서울"),
        ("🎬 S01E01", "🎬 s01e01"),
        ("", ""),
    ],
)
def test_capitals_accents_and_spellings_do_not_matter(text, plain):
    assert fold(text) == plain


@pytest.mark.parametrize(
    ("item", "letter", "year"),
    [
        ("The Matrix (1999) [tmdb-603]", "M", 1999),
        ("Amélie (2001)", "A", 2001),
        ("Élite", "E", None),
        ("A (2020)", "A", 2020),
        ("The", "T", None),
        ("Theatre", "T", None),
        ("...And Justice for All (1979)", "A", 1979),
        ("'71 (2014)", "#", 2014),
        ("[REC] (2007)", "R", 2007),
        ("٣ أيام", "#", None),
        ("¿?", "#", None),
        ("", "#", None),
        ("Война и мир (1966)", "В", 1966),
        ("千と千尋の神隠し (2001)", "*", 2001),
        ("기생충 (2019)", "*", 2019),
    ],
)
def test_an_item_has_a_letter_and_a_year(item, letter, year):
    facts = title_facts(item)
    assert (facts.letter, facts.year) == (letter, year)


def test_entries_are_sorted_by_title_then_year_then_kind_and_number_and_letters_stand_together():
    ordered = [
        ("12 Monkeys (1995)", "poster", "poster"),
        ("¿?", "poster", "poster"),
        ("Alien (1979)", "poster", "poster"),
        ("Alien (1979)", "background", "background"),
        ("Alien (1992)", "poster", "poster"),
        ("Dark", "season", "Season2"),
        ("Dark", "season", "Season10"),
        ("Dark", "titlecard", "S01E02"),
        ("Dark", "titlecard", "S01E10"),
        ("Dark Matter", "poster", "poster"),
        ("The Élite", "poster", "poster"),
        ("zulu", "poster", "poster"),
        ("Ελλάδα", "poster", "poster"),
        ("千と千尋", "poster", "poster"),
    ]
    keys = [title_sort_key(item, kind, "Library", stem) for item, kind, stem in ordered]
    assert keys == sorted(keys)
    letters = [title_facts(item).letter for item, _, _ in ordered]
    assert letters == sorted(letters, key=by_letter)
    assert len(title_sort_key("x" * 4000, "poster", "Library", "poster")) == 255
