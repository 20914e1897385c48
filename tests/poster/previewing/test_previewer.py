"""A preview is the picture that a run publishes."""

import io
import json

import pytest
from PIL import ExifTags, Image

from app.poster.drawing.design import PictureError
from app.poster.previewing.keeping import WeightedCache
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
        contrasts = small.facts.pop("contrasts"), whole.facts.pop("contrasts")
        # That of a small picture is measured on its own pixels.
        assert contrasts[0] == pytest.approx(contrasts[1], rel=0.15)
        assert small.facts == whole.facts
        assert different_share(small.jpeg, whole.jpeg) < 0.05, kind


HOSTILE = {
    "PosterOverlayPart": {
        "fontcolor": "no color",
        "text_offset": "99999999",
        "MaxWidth": -5,
        "minPointSize": {"a": 1},
        "borderwidth": "-3",
        "strokewidth": None,
    },
    "PrerequisitePart": {"font": "../../../../etc/passwd", "overlayfile": "/etc/passwd"},
    "OverlayPart": {"outputQuality": "1000%"},
    "Nowhere": {"x": "y"},
}


def test_settings_that_cannot_be_used_are_drawn_as_a_run_would(data):
    configure(data)
    previewer = make_previewer(data)
    order = {"kind": "poster", "sample": True, "width": 300}
    usual = drawn(previewer, data, **order)
    assert drawn(previewer, data, **order, settings=HOSTILE).facts["sizes"] != []
    assert drawn(previewer, data, **order).jpeg == usual.jpeg


def test_a_callers_picture_is_cut_turned_and_titled_and_one_that_is_none_is_refused(data):
    configure(data)
    previewer = make_previewer(data)
    # Exif says that it lies on its side: what is shown is upright, red above blue.
    given = {"picture": lying_picture()}
    order = {"kind": "poster", "upload": "token", "title": "", "width": 200}
    upper = drawn(previewer, data, given, **order, crop=[0, 0, 1, 0.5])
    lower = drawn(previewer, data, **order, crop=[0, 0.5, 1, 0.5])
    assert color_in_the_middle(upper.jpeg)[0] > 200 and color_in_the_middle(lower.jpeg)[2] > 200
    assert upper.facts["boxes"] == [] and upper.source == "original"
    for content in (b"", b"no picture", lying_picture()[:200]):
        with pytest.raises(PictureError):
            drawn(
                previewer, data, {"picture": content}, kind="poster", upload=f"bad {len(content)}", width=200
            )


def lying_picture() -> bytes:
    picture = Image.new("RGB", (600, 400), "blue")
    picture.paste("red", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    content = io.BytesIO()
    picture.save(content, "JPEG", exif=exif)
    return content.getvalue()


def color_in_the_middle(jpeg: bytes) -> tuple[int, ...]:
    shown = Image.open(io.BytesIO(jpeg))
    return shown.getpixel((shown.width // 2, shown.height // 4))


def test_what_is_kept_stays_below_its_weight():
    kept = WeightedCache(10)
    for number in range(5):
        kept.keep((number,), number, 4)
    assert kept.get((3,)) == 3 and kept.get((4,)) == 4 and kept.get((2,)) is None and kept.weight == 8
    kept.keep((4,), 9, 1)
    assert (kept.get((4,)), kept.weight) == (9, 5)
    assert kept.keep((7,), 7, 11) == 7 and kept.get((7,)) is None
