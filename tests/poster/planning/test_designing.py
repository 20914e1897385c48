"""The design of a decision: its texts in their boxes, and what its treatment leaves out."""

from dataclasses import replace

import pytest

from app.poster.drawing.design import Logo
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.overlays import POSTER_OVERLAY, ensure_default_overlays
from app.poster.kinds import Kind
from app.poster.planning.designing import AWAITED, design_of
from app.poster.records.decision import Treatment
from tests.poster.offers import ASSETS, TMDB, book_with, choose, picture, settings_with


@pytest.fixture(scope="module")
def styles(tmp_path_factory):
    overlays = tmp_path_factory.mktemp("overlays")
    ensure_default_overlays(overlays)
    return StyleBook(settings_with(AddShowTitletoSeason="true"), overlays)


def decision_for(kind: Kind, **treatment):
    decision = choose(ASSETS[kind], book_with(), picture(TMDB, kind=kind))
    return replace(decision, treatment=replace(decision.treatment, **treatment))


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.POSTER, ["ALIEN"]),
        (Kind.BACKGROUND, ["ALIEN"]),
        (Kind.SEASON, ["SEASON 1", "DARK"]),
        (Kind.TITLE_CARD, ["SECRETS", "SEASON 1 • EPISODE 1"]),
    ],
)
def test_each_kind_has_its_texts(kind, texts, styles):
    assert [one.text for one in design_of(decision_for(kind), styles).letterings] == texts


def test_what_the_treatment_leaves_out_is_not_drawn(styles):
    whole = design_of(decision_for(Kind.POSTER), styles)
    assert (whole.overlay.name, whole.border_width) == (POSTER_OVERLAY, 30)
    bare = decision_for(Kind.POSTER, with_text=False, with_overlay=False, with_border=False)
    assert design_of(bare, styles) == replace(whole, letterings=(), overlay=None, border_width=0)


def test_a_library_that_reads_from_the_right_sets_its_texts_so(styles):
    design = design_of(decision_for(Kind.SEASON, right_to_left=True), styles)
    assert [one.right_to_left for one in design.letterings] == [True, True]
    assert design_of(decision_for(Kind.SEASON), styles).letterings[0].right_to_left is None


def test_a_logo_takes_the_box_of_the_title_until_its_content_is_fetched(tmp_path):
    styles = StyleBook(settings_with(UseLogo="true"), tmp_path)
    title = design_of(decision_for(Kind.POSTER), styles).letterings[0]
    decision = replace(decision_for(Kind.POSTER), logo=picture(TMDB, kind=Kind.LOGO))
    design = design_of(decision, styles)
    assert design.letterings == ()
    assert design.logo == Logo(AWAITED, title.width, title.height, title.offset, title.gravity)


def test_blank_texts_are_not_drawn(styles):
    decision = replace(decision_for(Kind.POSTER), treatment=Treatment(title=" "))
    assert design_of(decision, styles).letterings == ()
