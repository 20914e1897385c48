"""What is laid over a picture that shows a title already, over local files, and over drawn posters."""

import pytest

from app.poster.choosing.treatments import treat
from app.poster.kinds import Kind
from app.poster.records.candidate import Lettered, ProviderName
from app.poster.records.wanted import WantedAsset
from tests.poster.items import episode, film, season, show
from tests.poster.offers import ASSETS, BESIDE, MANUAL, SERVER, TMDB, book_with, picture

UNKNOWN = {"lettered": Lettered.UNKNOWN}
SWITCHES = {
    "SkipAddText": (False, True, True),
    "SkipAddTextAndOverlay": (False, False, True),
    "SkipAddTextAndBorder": (True, True, False),
}


def drawn(wanted, chosen, **values) -> tuple[bool, bool, bool]:
    """Whether text, overlay and border are drawn."""
    treatment = treat(wanted, book_with(**values).rules(wanted), chosen)
    return treatment.with_text, treatment.with_overlay, treatment.with_border


@pytest.mark.parametrize("switch", SWITCHES)
@pytest.mark.parametrize(
    ("kind", "chosen", "shows_title"),
    [
        (Kind.POSTER, picture(TMDB, "en"), True),
        (Kind.POSTER, picture(TMDB), False),
        (Kind.POSTER, picture(TMDB, **UNKNOWN), False),
        (Kind.POSTER, picture(SERVER, **UNKNOWN), True),
        (Kind.SEASON, picture(BESIDE, kind=Kind.SEASON, **UNKNOWN), True),
        (Kind.BACKGROUND, picture(SERVER, kind=Kind.BACKGROUND, **UNKNOWN), False),
        (Kind.TITLE_CARD, picture(SERVER, kind=Kind.TITLE_CARD, **UNKNOWN), False),
        (Kind.POSTER, picture(MANUAL, **UNKNOWN), False),
    ],
)
def test_switches_for_lettered_pictures_leave_out_what_they_name(switch, kind, chosen, shows_title):
    expected = SWITCHES[switch] if shows_title else (True, True, True)
    assert drawn(ASSETS[kind], chosen, **{switch: "true"}) == expected
    assert drawn(ASSETS[kind], chosen) == (True, True, True)


@pytest.mark.parametrize(
    ("kind", "switch"),
    [
        (Kind.POSTER, "SkipLocalPosterTextAdd"),
        (Kind.SEASON, "SkipLocalSeasonTextAdd"),
        (Kind.BACKGROUND, "SkipLocalBackgroundTextAdd"),
        (Kind.TITLE_CARD, "SkipLocalTCTextAdd"),
    ],
)
def test_manual_files_can_stay_without_text(kind, switch):
    values = {switch: "true"}
    for provider in (MANUAL, ProviderName.TEMPLATE):
        assert drawn(ASSETS[kind], picture(provider, kind=kind), **values) == (False, True, True)
    assert drawn(ASSETS[kind], picture(TMDB, kind=kind), **values) == (True, True, True)


def test_a_poster_that_is_drawn_from_words_gets_neither_text_nor_overlay():
    poster = picture(ProviderName.TYPOGRAPHIC)
    assert drawn(ASSETS[Kind.POSTER], poster) == (False, False, True)


def test_texts_follow_the_kind():
    first = episode(1, 1, 2, title="Secrets")
    wanted = WantedAsset(Kind.TITLE_CARD, show(), "TV/Dark/S01E01.jpg", season(1, first), first)
    for asset, texts in (
        (ASSETS[Kind.POSTER], ("Alien", "")),
        (ASSETS[Kind.SEASON], ("Season 1", "Dark")),
        (wanted, ("Secrets", "Season 1 • Episode 1 & 2")),
    ):
        treatment = treat(asset, book_with().rules(asset), picture(kind=asset.kind))
        assert (treatment.title, treatment.second) == texts


def test_resolutions_are_those_of_films_and_episodes():
    item = film(resolution="4K HDR10")
    first = episode(1, 1)
    assets = [
        (WantedAsset(Kind.POSTER, item, "a"), "4K HDR10"),
        (WantedAsset(Kind.POSTER, show(resolution="4K"), "b"), ""),
        (WantedAsset(Kind.TITLE_CARD, show(resolution="4K"), "c", season(1, first), first), ""),
    ]
    for wanted, resolution in assets:
        treatment = treat(wanted, book_with().rules(wanted), picture(kind=wanted.kind))
        assert treatment.resolution == resolution
