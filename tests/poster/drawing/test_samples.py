import json

import pytest

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.samples import PANEL, SCENES, SENTENCES, sample_picture
from app.poster.kinds import Kind
from app.poster.modes.testing import SERIES, empty, letterings_of, samples_of, textless_design
from app.poster.settings import DEFAULTS, Settings
from app.poster.text.fonts import DEFAULT_FONT


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


@pytest.mark.parametrize("series", SERIES)
def test_each_series_has_scenery_of_its_own(series):
    picture = sample_picture(series.prefix, (200, 300))
    assert picture.size == (200, 300)
    others = [sample_picture(prefix, (200, 300)).tobytes() for prefix in SCENES if prefix != series.prefix]
    assert picture.tobytes() not in others and len(others) == 5


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
        assert plain.panel is None, "a box would hide the design"


def test_a_title_card_is_labelled_with_a_long_number(tmp_path):
    title, label = make_letterings(FewThings(tmp_path), Kind.TITLE_CARD, SENTENCES["ShortText"], False)
    assert (title.text, label.text) == ("Metropolis", "Season 9999 \u2022 Episode 9999")


def test_a_title_card_without_title_keeps_the_label_that_is_switched_on(tmp_path):
    job = FewThings(tmp_path, TitleCardTitleTextPart={"AddEPTitleText": "false"})
    series = next(series for series in SERIES if series.kind is Kind.TITLE_CARD)
    design = textless_design(job.styles.style(series.kind), series, job.settings)
    assert [lettering.text for lettering in design.letterings] == [
        "",
        "Season 9999 \u2022 Episode 9999".upper(),
    ]
    assert {lettering.panel for lettering in design.letterings} == {PANEL}


def test_emptying_removes_folders_and_files_and_makes_the_folder(tmp_path):
    empty(tmp_path / "test")
    (tmp_path / "test" / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "test" / "a.jpg").write_bytes(b"")
    empty(tmp_path / "test")
    assert list((tmp_path / "test").iterdir()) == []
