"""One asset is drawn with a text that a person gives it, and nothing else is touched."""

import json

import pytest

from app.poster.script.exits import ExitCode
from tests.editing import edited
from tests.poster.pipeline.media import add_film, configure, contents, run_over
from tests.poster.program import read_log

ALIEN, BRAZIL = "Movies/Alien (1979)/poster.jpg", "Movies/Brazil (1985)/poster.jpg"


@pytest.fixture
def library(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    data.mkdir()
    configure(data)
    for name, color in (("Alien (1979)", "navy"), ("Brazil (1985)", "teal")):
        add_film(media, name, color)
    assert run(data, media, 1).returncode == ExitCode.DONE
    return data, media


def run(data, media, number, *arguments):
    return run_over(data, media, *arguments, POSTERIZARR_RUN=f"{number}-1")


def only(*paths, text=None):
    named = json.dumps(paths)
    texts = () if text is None else ("-Titletext", json.dumps(text))
    return "-Only", named, "-Take", named, *texts


def changed(before, data):
    now = contents(data)
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def test_a_text_is_drawn_and_stays_until_it_is_released_and_an_undo_takes_it_back(library):
    data, media = library
    before = contents(data)
    assert run(data, media, 2, *only(ALIEN, text="In space\nno one")).returncode == ExitCode.DONE
    texted = contents(data)
    assert changed(before, data) == {ALIEN}
    assert run(data, media, 3).returncode == ExitCode.DONE
    assert contents(data) == texted
    assert run(data, media, 4, "-Undo", "2").returncode == ExitCode.DONE
    assert contents(data) == before
    assert run(data, media, 5).returncode == ExitCode.DONE
    assert contents(data) == before


def test_after_the_undo_of_a_later_text_the_earlier_one_is_taken_back_too(library):
    data, media = library
    before = contents(data)
    assert run(data, media, 2, *only(ALIEN, text="In space")).returncode == ExitCode.DONE
    texted = contents(data)
    assert run(data, media, 3, *only(ALIEN, text="No one")).returncode == ExitCode.DONE
    assert run(data, media, 4, "-Undo", "3").returncode == ExitCode.DONE
    assert contents(data) == texted != before
    assert run(data, media, 5, "-Undo", "2").returncode == ExitCode.DONE
    assert contents(data) == before


def test_a_released_picture_gets_its_usual_text_again(library):
    data, media = library
    before = contents(data)
    assert run(data, media, 2, *only(ALIEN, text="In space")).returncode == ExitCode.DONE
    released = {"edits": [{"action": "release", "path": ALIEN}]}
    assert edited(data, released, ASSET_PATH=str(data / "assets"))["done"] == [ALIEN]
    assert run(data, media, 3).returncode == ExitCode.DONE
    assert contents(data) == before


def test_a_blank_text_leaves_the_picture_without(library):
    data, media = library
    before = contents(data)
    assert run(data, media, 2, *only(BRAZIL, text="")).returncode == ExitCode.DONE
    assert changed(before, data) == {BRAZIL}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (only("Movies/Nobody (2000)/poster.jpg"), ExitCode.FAILED, "No library has any"),
        (only(ALIEN, BRAZIL, text="x"), ExitCode.BAD_ARGUMENTS, "exactly one path"),
        (("-Only", json.dumps([ALIEN]), "-Titletext", "no JSON"), ExitCode.BAD_ARGUMENTS, "JSON string"),
    ],
)
def test_what_cannot_be_drawn_ends_the_run_with_the_reason(library, arguments, code, said):
    data, media = library
    before = contents(data)
    ended = run(data, media, 2, *arguments)
    assert ended.returncode == code and contents(data) == before
    assert said in read_log(data, "Scriptlog.log") + ended.stderr
