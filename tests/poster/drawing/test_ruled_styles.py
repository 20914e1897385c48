"""Designs where rules of the user's apply."""

from dataclasses import replace

import pytest

from app.poster.drawing.design import Shade
from app.poster.drawing.designs import StyleBook
from app.poster.kinds import Kind
from app.poster.planning.designing import design_of
from app.poster.records.decision import Treatment
from app.poster.records.ruling import Ruling, TitleCorrection
from tests.poster.offers import settings_with
from tests.poster.records.test_records import record
from tests.poster.rule_files import ruling_with

SIZES = {
    # kind, per cent: minimum, maximum, width and height of the title's box
    (Kind.POSTER, 100): (45, 300, 1760, 500),
    (Kind.POSTER, 50): (22, 150, 880, 250),
    (Kind.POSTER, 200): (90, 600, 1920, 1000),
    (Kind.TITLE_CARD, 80): (40, 168, 2703, 320),
}


@pytest.mark.parametrize(("asked", "expected"), SIZES.items())
def test_the_size_of_a_title_grows_and_shrinks_with_its_box(tmp_path, asked, expected):
    kind, per_cent = asked
    style = StyleBook(settings_with(), tmp_path).ruled_by(Ruling(title_size=per_cent)).style(kind)
    box = style.title.pattern
    assert (box.minimum, box.maximum, box.width, box.height) == expected
    if style.second:
        assert style.second.pattern.maximum == 110


def test_no_text_means_neither_titles_nor_labels_of_any_kind(tmp_path):
    book = StyleBook(settings_with(AddShowTitletoSeason="true"), tmp_path)
    bare = book.ruled_by(ruling_with(tmp_path, text=False))
    kinds = (Kind.POSTER, Kind.SEASON, Kind.BACKGROUND, Kind.TITLE_CARD, Kind.COLLECTION)
    assert [len(bare.style(kind).design("Title", "Second").letterings) for kind in kinds] == [0] * 5
    assert [len(book.style(kind).design("Title", "Second").letterings) for kind in kinds] == [1, 2, 1, 2, 2]


def test_one_rule_has_one_book_and_its_notes_are_those_of_the_whole(tmp_path):
    book = StyleBook(settings_with(), tmp_path)
    ruling = ruling_with(tmp_path, design={"PrerequisitePart": {"overlayfile": "gone.png"}})
    assert book.ruled_by(ruling) is book.ruled_by(ruling)
    assert book.ruled_by(Ruling()) is book
    book.ruled_by(ruling).style(Kind.POSTER)
    assert any("gone.png" in note for note in book.notes)


CORRECTIONS = {
    "nothing": (Kind.POSTER, {}, (300, 430, None)),
    "larger": (Kind.POSTER, {"size": 150}, (450, 430, None)),
    "higher": (Kind.POSTER, {"move": 10}, (300, 730, None)),
    "not below its edge": (Kind.POSTER, {"move": -50}, (300, 0, None)),
    "darker, where the title is moved to": (
        Kind.POSTER,
        {"shade": 40, "move": 10},
        (300, 730, Shade(40, 1770, 2270)),
    ),
    "of another kind": (Kind.SEASON, {"size": 150, "shade": 40}, (300, 430, None)),
}


@pytest.mark.parametrize(("kind", "values", "expected"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_correction_changes_size_place_and_ground_of_the_titles_of_its_kind(
    tmp_path, kind, values, expected
):
    ruling = Ruling(corrections={kind: TitleCorrection(**values)})
    style = StyleBook(settings_with(), tmp_path).ruled_by(ruling).style(Kind.POSTER)
    box = style.title.pattern
    assert (box.maximum, box.offset, style.plain.shade) == expected


def test_a_title_is_not_moved_out_of_the_picture(tmp_path):
    ruling = Ruling(title_size=200, corrections={Kind.POSTER: TitleCorrection(move=50, size=200)})
    box = StyleBook(settings_with(), tmp_path).ruled_by(ruling).style(Kind.POSTER).title.pattern
    assert (box.height, box.offset) == (2000, 1000)


@pytest.mark.parametrize(("kind", "drawn"), [(Kind.POSTER, "ALIEN\nCOVENANT"), (Kind.SEASON, "SEASON 1")])
def test_a_corrected_text_is_drawn_with_its_line_breaks_but_not_on_seasons(tmp_path, kind, drawn):
    ruling = Ruling(corrections={kind: TitleCorrection(text="Alien\nCovenant")})
    design = StyleBook(settings_with(), tmp_path).ruled_by(ruling).style(kind).design("Season 1")
    assert [one.text for one in design.letterings] == [drawn]


@pytest.mark.parametrize(("asked", "drawn"), [(False, "CORRECTED"), (True, "ALIENS")])
def test_a_text_that_a_person_gives_one_picture_stands_before_that_of_a_rule(tmp_path, asked, drawn):
    ruling = Ruling(corrections={Kind.POSTER: TitleCorrection(text="Corrected")})
    decision = replace(record().decision, treatment=Treatment("Aliens", asked=asked))
    design = design_of(decision, StyleBook(settings_with(), tmp_path).ruled_by(ruling))
    assert [one.text for one in design.letterings] == [drawn]
