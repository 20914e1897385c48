"""The price of a change is what a plan with that change counts, for a table of changes."""

import json
import shutil

import pytest

from app.poster.designs.reading import find_design
from app.poster.folders import read_folders
from app.poster.pricing.questions import Answering
from app.poster.settings import read_settings
from tests.poster.pipeline.media import add_film, add_show, plan, run_over, two_colored
from tests.poster.program import make_environment, write_config
from tests.poster.rule_files import rule, write_rules

pytestmark = pytest.mark.slow

COMMON = "PrerequisitePart"
KINDS = {"BackgroundPosters": "true", "TitleCards": "true", "SeasonPosters": "true"}
SETTINGS = {"PlexPart": {"UsePlex": "false"}, COMMON: KINDS}
POSTER, SEASON, CARD = "PosterOverlayPart", "SeasonPosterOverlayPart", "TitleCardTitleTextPart"
CHANGES = {
    "nothing": {},
    "size of titles": {POSTER: {"maxPointSize": "150"}},
    "overlay": {POSTER: {"AddOverlay": "false"}},
    "border on posters": {POSTER: {"AddBorder": "true", "borderwidth": "20"}},
    "seasons only": {SEASON: {"fontcolor": "red"}},
    "titles of cards": {CARD: {"fontAllCaps": "false"}},
    "quality": {"OverlayPart": {"outputQuality": "70"}},
    "no processing": {"OverlayPart": {"ImageProcessing": "false"}},
    "fewer kinds": {COMMON: {"TitleCards": "false"}, "OverlayPart": {"outputQuality": "70"}},
    "other labels": {"TitleCardEPTextPart": {"SeasonTCText": "Staffel"}},
    "line breaks": {COMMON: {"NewLineOnSpecificSymbols": "true", "NewLineSymbols": [" - "]}},
    "letter spacing": {"EnginePart": {"LetterSpacing": "40"}},
    "other font": {COMMON: {"font": "Comfortaa-Medium.ttf", "RTLfont": "x.ttf"}},
    "flat files": {COMMON: {"LibraryFolders": "false"}},
}
RULES = {
    "one film": [rule("Small", {"title": "Alien (1979)"}, title_size=50)],
    "a library": [rule("TV", {"library": "TV"}, text=False)],
    "left out": [rule("No cards", {"show": "Dark"}, skip=["title card"]), rule("Small", title_size=80)],
    "corrected by hand": [rule("Own", {"title": "Alien"}, correct={"poster": {"text": "ALIEN 1"}})],
    "a design": [rule("Red", {"library": "Movies"}, design={POSTER: {"fontcolor": "red"}})],
}  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A library of which a run has made everything."""
    folder = tmp_path_factory.mktemp("priced")
    media = folder / "media"
    for name, poster in (("Alien (1979)", "navy"), ("Dune - Part Two (2024)", None), ("שלום (2001)", "gold")):
        folder_of_film = add_film(media, name, poster)
        if poster:
            two_colored(folder_of_film / "fanart.jpg", poster, (640, 360))
    add_show(media, "Dark (2017)", {"S01E01": "Secrets", "S01E02": "LIES", "S00E01": "Noah - Part One"})
    for picture in media.glob("TV/*/Season 0?/*.mkv"):
        two_colored(picture.with_name(f"{picture.stem}-thumb.jpg"), "teal", (640, 360))
    for name in ("poster.jpg", "season01-poster.jpg", "season-specials-poster.jpg"):
        two_colored(media / "TV" / "Dark (2017)" / name, "purple")
    write_config(folder, **SETTINGS)
    assert run_over(folder, media).returncode == 0
    return folder


def price(data, settings=None, rules=None, design=None):
    variables = make_environment(data, MEDIA_PATH=str(data / "media"))
    saved = read_settings(data / "config.json")
    folders = read_folders(data, saved, variables)
    given = {"settings": settings or {}, "rules": rules, "design": design}
    return Answering(folders, variables).answer({"about": "price", **given})


def planned(data, settings, rules=()):
    """How many pictures of each kind a plan with those settings and rules would make."""
    sections = {name: {**SETTINGS.get(name, {}), **settings.get(name, {})} for name in {*SETTINGS, *settings}}
    (data / "engine.json").write_text(json.dumps(sections.pop("EnginePart", {})))
    write_config(data, **sections)
    write_rules(data, *rules)
    assert run_over(data, data / "media", "-Plan").returncode == 0
    write_config(data, **SETTINGS)
    for name in ("rules.json", "engine.json"):
        (data / name).unlink()
    steps = [step for step in plan(data) if step.get("action") in ("create", "replace")]
    return {kind: sum(step["kind"] == kind for step in steps) for kind in {step["kind"] for step in steps}}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_settings(data, change):
    found, expected = price(data, change), planned(data, change)
    assert found["by_kind"] == expected and found["changed"] == sum(expected.values())


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_rules(data, rules):
    assert price(data, rules=rules)["by_kind"] == planned(data, {}, rules) != {}


def test_a_design_is_priced_as_it_is_drawn_when_it_was_taken(data):
    design, found = find_design("cinema", data), price(data, design="cinema")
    for file in design.folder.iterdir():
        shutil.copy(file, data / "Overlayfiles")
    assert found["by_kind"] == planned(data, design.settings) != {}


def test_what_only_providers_know_is_told_as_that(data):
    nobody, somebody = (
        price(data, {"ApiPart": {"PreferredLanguageOrder": ["de", "fr"], "tmdbtoken": token}})
        for token in ("", "a-token")
    )
    assert nobody["basis"]["same"] and nobody["basis"]["exact"]
    assert somebody["changed"] == 0 and not somebody["basis"]["exact"] and not somebody["basis"]["same"]
    assert somebody["basis"]["may_change"] > 0 and somebody["basis"]["may_change_by_kind"]["poster"] == 4


def test_a_kind_that_is_switched_on_is_told_as_not_counted(data):
    assert price(data, {"EnginePart": {"SquareArt": "true"}})["basis"]["new_kinds"] == ["square"]
