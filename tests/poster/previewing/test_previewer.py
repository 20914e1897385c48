"""A preview is the picture that a run publishes."""

import json

import pytest

from tests.poster.pipeline.media import add_film, add_show, configure, contents, run_over
from tests.poster.previewing.previews import different_share, drawn, make_previewer
from tests.poster.rule_files import rule, write_rules

KINDS = {"poster": "poster", "background": "background", "Season": "season", "S0": "title_card"}
CHANGED = {
    "PosterOverlayPart": {"fontcolor": "red", "text_offset": "+900", "AddBorder": "false"},
    "SeasonPosterOverlayPart": {"OverrideSeasonName": "true", "SeasonOverrideText": "Book"},
    "TitleCardEPTextPart": {"SeasonTCText": "Part", "fontAllCaps": "false"},
    "PrerequisitePart": {"font": "DejaVuSans-Bold.ttf"},
}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    add_film(folder, "Alien (1979)", poster="navy")
    add_film(folder, "A Film whose name is longer than its poster is wide (2001)", poster="maroon")
    add_show(folder, "Dark (2017)", {"S01E01": "Secrets", "S00E01": "Making of"})
    return folder


def kind_of(name):
    stem = name.rpartition("/")[2]
    return next(kind for start, kind in KINDS.items() if stem.startswith(start))


def changed_files(data, **settings):
    """Save the settings, and the rules that one film has."""
    config = json.loads((data / "config.json").read_text())
    for section, values in settings.items():
        config[section] = {**config.get(section, {}), **values}
    (data / "config.json").write_text(json.dumps(config))


@pytest.mark.slow
def test_every_preview_has_the_bytes_that_a_run_publishes_also_with_settings_that_are_not_saved(data, media):
    small = rule("Small", {"title": "Alien"}, title_size=50)
    of_label = rule("Labelled", {"label": "nobody"}, title_size=30)
    configure(data, BackgroundPosters="true", TitleCards="true")
    write_rules(data, small, of_label)
    run_over(data, media)
    previewer = make_previewer(data)
    for name, content in contents(data).items():
        preview = drawn(previewer, data, kind=kind_of(name), asset=name)
        assert preview.jpeg == content, name
        assert preview.source == (
            "original" if name.startswith("Movies") and name.endswith("/poster.jpg") else "made"
        )
    coming = {
        name: drawn(previewer, data, kind=kind_of(name), asset=name, settings=CHANGED).jpeg
        for name in contents(data)
    }
    before = contents(data)
    changed_files(data, **CHANGED)
    run_over(data, media)
    after = contents(data)
    assert sum(before[name] != after[name] for name in before) >= 2
    for name, content in after.items():
        assert coming[name] == content, name


def test_a_small_preview_looks_like_the_whole_one(data, media):
    configure(data)
    previewer = make_previewer(data)
    for kind in ("poster", "season", "background", "title_card", "collection"):
        whole = drawn(previewer, data, kind=kind, sample=True)
        small = drawn(previewer, data, kind=kind, sample=True, width=400)
        assert small.facts == whole.facts
        assert different_share(small.jpeg, whole.jpeg) < 0.02, kind
