"""Overlays and fonts come into their folder whole, under one name, and leave it alone."""

from io import BytesIO

import pytest

from app.core.errors import Conflict, Invalid, NotFound
from app.core.overlay_edits import SentFile, delete_overlay_file, overlay_name, store_overlay_file
from app.core.paths import Paths
from tests.trees import make_image

ANY, FONTS = ("image", "font"), ("font",)


class Engine:
    """An engine that takes every file but those that begin with "bad"."""

    def inquire(self, name, given, seconds, content):
        return {"problem": "it is bad" if content.read(3) == b"bad" else ""}


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path)
    paths.create()
    return paths


def store(paths, name, content=b"content", kinds=ANY):
    return store_overlay_file(paths, Engine(), SentFile(name, BytesIO(content)), kinds)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Glow.png", "Glow.png"),
        ("../../config.json.png", "config.json.png"),
        ("C:\\fonts\\Ünï & co.TTF", "Ünï  co.TTF"),
        ("U\u0308.png", "Ü.png"),
        ("-rf $(x)`y`;|\n.png", "rf xy.png"),
        ("...hidden.jpg ", "hidden.jpg"),
        ("a\0b\x7f\ud800.woff2", "ab.woff2"),
    ],
)
def test_the_name_is_one_harmless_name(sent, kept):
    assert overlay_name(sent, ANY) == kept


@pytest.mark.parametrize("sent", ["", "..", ".png", "a.svg", "png", "a.png/", "a.png.exe", "é" * 99 + ".png"])
def test_a_name_without_a_known_ending_or_too_long_is_invalid(sent):
    with pytest.raises(Invalid):
        overlay_name(sent, ANY)


def test_a_font_upload_takes_fonts_only():
    with pytest.raises(Invalid, match=r"\.ttf, \.otf, \.woff, \.woff2"):
        overlay_name("a.png", FONTS)


def test_the_file_is_there_whole_and_nothing_beside_it(paths):
    make_image(paths.overlays, ".Glow.png.1.abcdefgh")
    assert store(paths, "Glow.png", b"all of it") == "Glow.png"
    assert {file.name: file.read_bytes() for file in paths.overlays.iterdir()} == {"Glow.png": b"all of it"}


@pytest.mark.parametrize("taken", ["glow.png", "GLOW.PNG", "Glow.png"])
def test_a_name_that_differs_in_case_alone_is_a_conflict(paths, taken):
    make_image(paths.overlays, taken)
    with pytest.raises(Conflict, match=taken):
        store(paths, "Glow.png")
    assert (paths.overlays / taken).read_bytes() == b"image"


def test_the_name_of_a_folder_is_neither_taken_nor_deleted(paths):
    (paths.overlays / "Glow.png").mkdir()
    with pytest.raises(Conflict):
        store(paths, "glow.png")
    with pytest.raises(NotFound):
        delete_overlay_file(paths, "Glow.png")
    assert (paths.overlays / "Glow.png").is_dir()


def test_what_the_engine_cannot_draw_is_not_kept(paths):
    with pytest.raises(Invalid, match=r"Glow\.png cannot be used: it is bad"):
        store(paths, "Glow.png", b"bad picture")
    assert list(paths.overlays.iterdir()) == []


def test_of_a_link_the_link_is_deleted_and_not_the_file(paths):
    target = make_image(paths.data, "elsewhere.png")
    (paths.overlays / "link.png").symlink_to(target)
    delete_overlay_file(paths, "link.png")
    assert target.exists() and list(paths.overlays.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["gone.png", "../config.png", "/etc/x.png", ".half.png", "notes.txt", "..", "", "a\0.png", "a\\b.png"],
)
def test_nothing_else_is_deleted(paths, name):
    make_image(paths.data, "config.png")
    for kept in (".half.png", "notes.txt"):
        make_image(paths.overlays, kept)
    with pytest.raises(NotFound):
        delete_overlay_file(paths, name)
    assert (paths.data / "config.png").exists() and len(list(paths.overlays.iterdir())) == 2


def test_a_font_deletion_leaves_overlays_alone(paths):
    make_image(paths.overlays, "Glow.png")
    with pytest.raises(NotFound):
        delete_overlay_file(paths, "Glow.png", FONTS)
