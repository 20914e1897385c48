"""Designs as the engine resolves them, with their own files and without being installed."""

import json

import pytest

from app.core.designs.design_record import whole_settings
from app.core.designs.shelf import packaged_designs
from app.poster.designs.reading import PACKAGED, BadDesign, find_design, read_design
from app.poster.kinds import Kind
from app.poster.settings import DEFAULTS, OWN_DEFAULTS, Settings
from tests.core.designs.making import make_document

SETTINGS = Settings({}, json.loads(DEFAULTS.read_text("utf-8")))


def test_the_files_of_a_design_are_found_in_its_folder(tmp_path):
    design = find_design("classic", tmp_path)
    book = design.book(SETTINGS, tmp_path)
    style = book.style(Kind.POSTER)
    assert style.plain.overlay == PACKAGED / "classic" / "classic-poster.png"
    assert style.title.pattern.font == PACKAGED / "classic" / "Cinzel-Bold.ttf"
    assert book.notes == []


def test_the_user_s_own_designs_lie_in_the_data_folder(tmp_path):
    folder = tmp_path / "designs" / "mine"
    folder.mkdir(parents=True)
    (folder / "design.json").write_text(json.dumps(make_document()))
    design = find_design("mine", tmp_path)
    assert design.over(SETTINGS).color("PosterOverlayPart", "fontcolor") == "#ff8800"


@pytest.mark.parametrize("record", packaged_designs(), ids=lambda record: record.id)
def test_engine_and_server_read_the_same_settings(record):
    assert read_design(record.folder).settings == record.settings
    assert whole_settings({}).keys() == record.settings.keys()


def test_the_engine_has_the_same_defaults_for_settings_that_are_our_own():
    assert whole_settings({})["EnginePart"] == OWN_DEFAULTS["EnginePart"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("nothing", None), ("../x", None), ("bad", "[]"), ("bad", "{"), ("bad", '{"settings": 3}')],
)
def test_what_is_no_design_is_said_in_one_sentence(name, content, tmp_path):
    if content:
        (tmp_path / "designs" / name).mkdir(parents=True)
        (tmp_path / "designs" / name / "design.json").write_text(content)
    with pytest.raises(BadDesign):
        find_design(name, tmp_path)
