"""The same ingredients in every run, and exactly one that differs where one thing changed."""

import shutil
from dataclasses import fields, replace

import pytest

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.overlays import ensure_default_overlays
from app.poster.kinds import Kind
from app.poster.planning.designing import design_of
from app.poster.planning.ingredients import Digests
from app.poster.records.candidate import ProviderName
from app.poster.records.step import Ingredients
from app.poster.text.fonts import FOLDER
from tests.poster.offers import ASSETS, TMDB, book_with, choose, picture, settings_with

POSTER = choose(ASSETS[Kind.POSTER], book_with(), picture(TMDB))
SEASON = choose(ASSETS[Kind.SEASON], book_with(), picture(TMDB, kind=Kind.SEASON))
CARD = choose(ASSETS[Kind.TITLE_CARD], book_with(), picture(TMDB, kind=Kind.TITLE_CARD))


@pytest.fixture(scope="module")
def made_overlays(tmp_path_factory):
    folder = tmp_path_factory.mktemp("overlays")
    ensure_default_overlays(folder)
    shutil.copy(FOLDER / "FiraSansExtraCondensed-Bold.ttf", folder / "own.ttf")
    return folder


@pytest.fixture
def overlays(made_overlays, tmp_path):
    return shutil.copytree(made_overlays, tmp_path / "overlays")


def made_of(decision, overlays, **values) -> Ingredients:
    design = design_of(decision, StyleBook(settings_with(**values), overlays))
    return Digests(overlays).ingredients(decision, design)


def differing(one: Ingredients, other: Ingredients) -> set[str]:
    return {part.name for part in fields(one) if getattr(one, part.name) != getattr(other, part.name)}


def with_texts(decision, **texts):
    return replace(decision, treatment=replace(decision.treatment, **texts))


@pytest.mark.parametrize("decision", [POSTER, SEASON, CARD], ids=lambda one: one.kind.value)
def test_the_same_inputs_give_the_same_ingredients(decision, overlays):
    assert made_of(decision, overlays) == made_of(decision, overlays)


@pytest.mark.parametrize(
    ("decision", "changed"),
    [
        (replace(POSTER, chosen=picture(TMDB, address="/other.jpg")), {"source"}),
        (replace(POSTER, chosen=picture(TMDB, validator="etag 2")), {"source"}),
        (replace(POSTER, chosen=picture(ProviderName.FANART, address=POSTER.chosen.address)), {"source"}),
        (replace(POSTER, chosen=replace(POSTER.chosen, votes=9.0, rank=4)), set()),
        (replace(POSTER, notes=("TVDB did not answer",), considered=(), page="x"), set()),
        (with_texts(POSTER, title="Aliens"), {"text", "design"}),
        (with_texts(POSTER, with_border=False), {"design"}),
        (with_texts(POSTER, with_overlay=False), {"overlay"}),
        (with_texts(POSTER, with_text=False), {"text", "fonts", "design"}),
        (with_texts(POSTER, title="שלום"), {"text", "design"}),
    ],
)
def test_one_change_of_the_decision_changes_what_shows_it(decision, changed, overlays):
    assert differing(made_of(POSTER, overlays), made_of(decision, overlays)) == changed


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        ({"font": "own.ttf"}, {"fonts"}),
        ({"collectionfont": "own.ttf"}, set()),
        ({"PosterOverlayPart__borderwidth": "31"}, {"design"}),
        ({"PosterOverlayPart__AddOverlay": "false"}, {"overlay"}),
        ({"PosterOverlayPart__fontAllCaps": "false"}, {"design"}),
        ({"SeasonPosterOverlayPart__borderwidth": "31"}, set()),
        ({"outputQuality": "80%"}, {"design"}),
        ({"PreferredLanguageOrder": ["en"]}, set()),
    ],
)
def test_a_setting_changes_only_what_it_draws(values, changed, overlays):
    assert differing(made_of(POSTER, overlays), made_of(POSTER, overlays, **values)) == changed


def test_bytes_of_overlay_and_font_count_and_their_names_do_not(overlays):
    first = made_of(POSTER, overlays, font="own.ttf")
    (overlays / "own.ttf").rename(overlays / "renamed.ttf")
    assert made_of(POSTER, overlays, font="renamed.ttf") == first
    shutil.copy(FOLDER / "BebasNeue-Bold.otf", overlays / "renamed.ttf")
    assert differing(made_of(POSTER, overlays, font="renamed.ttf"), first) == {"fonts"}
    (overlays / "overlay-innerglow.png").write_bytes(b"another picture")
    assert differing(made_of(POSTER, overlays, font="renamed.ttf"), first) == {"fonts", "overlay"}


def test_files_are_read_once(overlays):
    styles, digests = StyleBook(settings_with(), overlays), Digests(overlays)
    first = digests.ingredients(POSTER, design_of(POSTER, styles))
    (overlays / "overlay-innerglow.png").write_bytes(b"changed while the run goes on")
    assert digests.ingredients(POSTER, design_of(POSTER, styles)) == first


def test_a_switched_off_text_is_no_reason_to_draw_again(overlays):
    values = {"PosterOverlayPart__AddText": "false"}
    renamed = with_texts(POSTER, title="Aliens")
    assert made_of(POSTER, overlays, **values) == made_of(renamed, overlays, **values)


def test_a_title_that_is_not_shown_changes_nothing_where_the_label_is(overlays):
    values = {"TitleCardTitleTextPart__AddEPTitleText": "false"}
    renamed = with_texts(CARD, title="TBA")
    assert made_of(CARD, overlays, **values) == made_of(renamed, overlays, **values)
    assert differing(made_of(CARD, overlays), made_of(renamed, overlays)) == {"text", "design"}


def test_another_logo_is_another_text_where_logos_are_used(overlays):
    logo, other = (
        replace(POSTER, logo=picture(TMDB, kind=Kind.LOGO, address=name)) for name in ("/a.png", "/b.png")
    )
    values = {"UseLogo": "true"}
    assert made_of(logo, overlays) == made_of(POSTER, overlays), "the title is drawn as text"
    assert differing(made_of(logo, overlays, **values), made_of(other, overlays, **values)) == {"text"}
    assert differing(made_of(logo, overlays, **values), made_of(POSTER, overlays, **values)) == {
        "text",
        "fonts",
        "design",
    }


def test_the_words_of_a_poster_drawn_from_words_are_its_text(overlays):
    treatment = replace(POSTER.treatment, with_text=False)
    words, others = (
        replace(POSTER, chosen=picture(ProviderName.TYPOGRAPHIC, validator=title), treatment=treatment)
        for title in ("Alien", "Aliens")
    )
    assert differing(made_of(words, overlays), made_of(others, overlays)) == {"text"}
