"""Overlays by resolution: one for each of five resolutions, for three kinds, where they are switched on."""

import pytest

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.resolution_overlays import KEYS, SWITCHES
from app.poster.kinds import Kind
from tests.poster.offers import settings_with

RESOLUTIONS = ("4K DoVi/HDR10", "4K DoVi", "4K HDR10", "4K", "1080p")
FILES = {key: f"{key}.png" for keys in KEYS.values() for key in keys.values()}


@pytest.fixture
def overlays(tmp_path):
    for name in (*FILES.values(), "usual.png", "show.png"):
        (tmp_path / name).touch()
    return tmp_path


def overlay_of(overlays, kind: Kind, resolution: str, of_show: bool = False, **values) -> str:
    names = ("overlayfile", "backgroundoverlayfile", "titlecardoverlayfile", "seasonoverlayfile")
    usual = dict.fromkeys(names, "usual.png")
    book = StyleBook(settings_with(**usual, **(FILES | values)), overlays)
    return book.style(kind, of_show, resolution).plain.overlay.name


@pytest.mark.parametrize("resolution", RESOLUTIONS)
@pytest.mark.parametrize("kind", SWITCHES)
def test_each_resolution_has_its_overlay_where_the_kinds_switch_is_on(overlays, kind, resolution):
    expected = FILES[KEYS[kind][resolution]]
    assert overlay_of(overlays, kind, resolution, **{SWITCHES[kind]: "true"}) == expected
    others = {switch: "true" for other, switch in SWITCHES.items() if other is not kind}
    assert overlay_of(overlays, kind, resolution, **others) == "usual.png"


@pytest.mark.parametrize("resolution", ["", "720p", "8K", "4K HLG"])
def test_other_resolutions_keep_the_usual_overlay_whatever_came_before(overlays, resolution):
    usual = {"overlayfile": "usual.png", "UsePosterResolutionOverlays": "true"}
    book = StyleBook(settings_with(**FILES, **usual), overlays)
    names = [book.style(Kind.POSTER, resolution=one).plain.overlay.name for one in ("4K", resolution, "4K")]
    assert names == ["poster4k.png", "usual.png", "poster4k.png"]


def test_seasons_have_no_resolution_and_shows_keep_their_own_overlay(overlays):
    switched_on = dict.fromkeys(SWITCHES.values(), "true")
    assert overlay_of(overlays, Kind.SEASON, "4K", **switched_on) == "usual.png"
    values = switched_on | {"showoverlayfile": "show.png"}
    assert overlay_of(overlays, Kind.POSTER, "", of_show=True, **values) == "show.png"


def test_a_blank_name_means_the_usual_overlay(overlays):
    values = {"UsePosterResolutionOverlays": "true", "poster4k": " "}
    assert overlay_of(overlays, Kind.POSTER, "4K", **values) == "usual.png"
