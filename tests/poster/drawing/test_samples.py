import json

import pytest

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.samples import BACKGROUND, LIGHT, PANEL, SENTENCES, sample_picture
from app.poster.kinds import Kind
from app.poster.modes.testing import SERIES, empty, letterings_of, samples_of, textless_design
from app.poster.settings import DEFAULTS, Settings
from app.poster.text.fonts import DEFAULT_FONT

ORANGE = (0xFC, 0x7E, 0x10)


class FewThings:
    """The part of a job that the samples are made from."""

    def __init__(self, tmp_path, **sections):
        fonts = ("font", "collectionfont", "RTLFont", "backgroundfont", "titlecardfont")
        sections["PrerequisitePart"] = dict.fromkeys(fonts, DEFAULT_FONT.name)
        self.settings = Settings(sections, json.loads(DEFAULTS.read_text("utf-8")))
        self.styles = StyleBook(self.settings, tmp_path)


def make_letterings(job, kind, sentence, capitals):
    series = next(series for series in SERIES if series.kind is kind)
    return letterings_of(job.styles.style(kind), series, sentence, capitals, job.settings)


@pytest.mark.parametrize("size", [(2000, 3000), (3840, 2160)])
def test_the_motif_is_centred_on_a_solid_canvas(size):
    picture = sample_picture(size)
    assert picture.size == size
    corners = [(x, y) for x in (0, size[0] - 1) for y in (0, size[1] - 1)]
    assert {picture.getpixel(corner) for corner in corners} == {ORANGE}
    assert picture.getpixel((size[0] // 2, size[1] // 2)) != ORANGE


def test_the_motif_is_as_far_from_the_left_as_from_the_right():
    picture = sample_picture((2000, 3000))
    row = [picture.getpixel((x, 1500)) for x in range(2000)]
    left = next(x for x in range(2000) if row[x] != ORANGE)
    right = next(x for x in range(2000) if row[-1 - x] != ORANGE)
    assert abs(left - right) <= 1


def test_the_colors_differ_so_that_the_box_can_be_told_from_the_canvas():
    assert len({BACKGROUND, LIGHT, PANEL}) == 3


def test_each_series_has_six_samples(tmp_path):
    job = FewThings(tmp_path)
    assert [len(list(samples_of(series, job))) for series in SERIES] == [6] * 6


def test_the_case_of_a_sample_does_not_depend_on_the_setting(tmp_path):
    for setting in ("true", "false"):
        job = FewThings(tmp_path, PosterOverlayPart={"fontAllCaps": setting})
        plain, capital = (
            make_letterings(job, Kind.POSTER, "Quay", capitals)[0] for capitals in (False, True)
        )
        assert (plain.text, capital.text) == ("Quay", "QUAY")
        assert plain.panel == PANEL


def test_a_title_card_is_labelled_with_a_long_number(tmp_path):
    title, label = make_letterings(FewThings(tmp_path), Kind.TITLE_CARD, SENTENCES["ShortText"], False)
    assert (title.text, label.text) == ("Metropolis", "Season 9999 \u2022 Episode 9999")
    assert (title.panel, label.panel) == (PANEL, PANEL)


def test_a_title_card_without_title_keeps_the_label_that_is_switched_on(tmp_path):
    job = FewThings(tmp_path, TitleCardTitleTextPart={"AddEPTitleText": "false"})
    series = next(series for series in SERIES if series.kind is Kind.TITLE_CARD)
    design = textless_design(job.styles.style(series.kind), series, job.settings)
    assert [lettering.text for lettering in design.letterings] == [
        "",
        "Season 9999 \u2022 Episode 9999".upper(),
    ]


def test_emptying_removes_folders_and_files_and_makes_the_folder(tmp_path):
    empty(tmp_path / "test")
    (tmp_path / "test" / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "test" / "a.jpg").write_bytes(b"")
    empty(tmp_path / "test")
    assert list((tmp_path / "test").iterdir()) == []
