"""The same poster from ImageMagick itself, with the commands of the benchmark."""

import subprocess

import pytest
from PIL import Image, ImageChops, ImageStat

from app.poster.drawing.draw import draw
from app.poster.drawing.overlays import ensure_default_overlays
from benchmarks import drawing
from tests.poster.pictures import opened

COMMAND = drawing.imagemagick()
pytestmark = pytest.mark.skipif(COMMAND is None, reason="ImageMagick is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("magick")
    ensure_default_overlays(folder)
    return folder


def rendered(calls):
    for arguments in calls:
        subprocess.run([COMMAND, *arguments], check=True, timeout=110)
    with Image.open(calls[-1][-1]) as picture:
        picture.load()
    return picture


WORKS = (drawing.Work((1000, 1500)), drawing.Work((2500, 3000)), drawing.WORKS[-1])


CALLS = [*((work, drawing.one_call) for work in WORKS), (WORKS[0], drawing.three_calls)]


@pytest.mark.parametrize(("work", "commands"), CALLS)
def test_both_draw_the_same_picture(folder, work, commands):
    source = drawing.make_source(folder / "source.jpg", work.source)
    ours = draw(source, work.design(folder))
    theirs = rendered(commands(work, source, folder / "theirs.jpg", ours.texts[0]))
    picture = opened(ours)
    assert picture.size == theirs.size == work.canvas
    assert theirs.info["comment"] == picture.info["comment"]
    assert max(ImageStat.Stat(ImageChops.difference(picture, theirs)).mean) < 3
    assert abs(title_bottom(picture) - title_bottom(theirs)) <= 3


def title_bottom(picture):
    """The lowest row with pure white: the title over the darkened part of the picture."""
    width, height = picture.size
    place = (width // 10, height * 2 // 3, width * 9 // 10, height * 29 // 30)
    band = picture.convert("L").crop(place).point(lambda value: 255 if value > 235 else 0)
    return band.getbbox()[3]


def test_a_row_of_the_benchmark_compares_both(monkeypatch):
    monkeypatch.setattr(drawing, "WORKS", (drawing.Work((400, 600)),))
    (row,) = drawing.rows(rounds=1)
    assert row["source"] == "400x600" and row["ours_ms"] > 0
    assert set(row["ratios"]) == set(row["times_ms"]) == set(drawing.TARGETS)


def test_a_command_that_is_not_imagemagick_is_not_taken_for_it(tmp_path):
    impostor = tmp_path / "convert"
    impostor.write_text("#!/bin/sh\necho 'Version: a stand-in'\n")
    impostor.chmod(0o755)
    assert not drawing._is_genuine(str(impostor))
    assert not drawing._is_genuine(str(tmp_path / "gone"))
