"""Overlays and fonts come into their folder whole, under one name, and leave it alone."""

from base64 import b64encode
from io import BytesIO

import pytest

from app.core.errors import Conflict, Invalid, NotFound, Unavailable
from app.core.file_lock import held
from app.core.overlay_drawing import overlay_preview, save_drawn_overlay
from app.core.overlay_edits import (
    SentFile,
    delete_overlay_file,
    drawn_name,
    overlay_name,
    store_drawn_overlay,
    store_overlay_file,
)
from app.core.overlay_files import overlay_files, shown_overlay
from app.core.paths import Paths
from tests.pictures import make_picture
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


def contents(paths):
    return {file.name: file.read_bytes() for file in paths.overlays.iterdir()}


def test_of_two_who_send_one_name_at_once_the_first_one_is_kept(paths):
    class Racing(Engine):
        """While the first file is looked at, another caller stores one of that name."""

        def inquire(self, name, given, seconds, content):
            store(paths, "glow.PNG", b"of the other")
            return super().inquire(name, given, seconds, content)

    with pytest.raises(Conflict, match=r"glow\.PNG"):
        store_overlay_file(paths, Racing(), SentFile("Glow.png", BytesIO(b"own")))
    assert contents(paths) == {"glow.PNG": b"of the other"}


def test_each_kind_of_file_is_looked_at_as_what_it_is_and_from_its_beginning(paths):
    kinds = []

    class Recording(Engine):
        def inquire(self, name, given, seconds, content):
            kinds.append((given["kind"], content.read()))
            return {"problem": ""}

    for name in ("a.PNG", "b.woff2"):
        store_overlay_file(paths, Recording(), SentFile(name, BytesIO(b"all")))
    # The engine reads to the end, and all of it is stored nevertheless.
    assert kinds == [("image", b"all"), ("font", b"all")] and set(contents(paths).values()) == {b"all"}


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_folder_that_is_missing_is_made_and_a_file_in_its_place_is_named(paths, is_missing):
    paths.overlays.rmdir()
    if is_missing:
        assert store(paths, "Glow.png") == "Glow.png"
        return
    paths.overlays.write_text("no folder")
    with pytest.raises(Unavailable, match="The folder of overlays cannot be read: Not a directory"):
        store(paths, "Glow.png")
    with pytest.raises(NotFound):
        delete_overlay_file(paths, "Glow.png")
    assert overlay_files(paths.overlays) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Glow", "Glow.png"),
        (" Glow.PNG ", "Glow.PNG"),
        ("v1.2", "v1.2.png"),
        ("a.jpg", "a.jpg.png"),
        ("../../x", "x.png"),
        *((odd, None) for odd in ("", " ", "..", ".png", "a/", "\0", "é" * 99)),
    ],
)
def test_what_is_drawn_here_is_a_png_in_whichever_way_it_is_named(sent, kept):
    if kept:
        assert drawn_name(sent) == kept
        return
    with pytest.raises(Invalid):
        drawn_name(sent)


def test_a_drawn_overlay_takes_the_place_of_that_very_file_alone(paths):
    target = make_image(paths.data, "elsewhere.png")
    (paths.overlays / "link.png").symlink_to(target)
    assert store_drawn_overlay(paths, "Glow", b"first", False) == "Glow.png"
    with pytest.raises(Conflict):
        store_drawn_overlay(paths, "Glow", b"second", False)
    for name, content in {"Glow.png": b"third", "link": b"no link now"}.items():
        store_drawn_overlay(paths, name, content, True)
    # Settings name files in any case, so that this would make two of one.
    with pytest.raises(Conflict, match=r"Glow\.png"):
        store_drawn_overlay(paths, "GLOW", b"fourth", True)
    (paths.overlays / "folder.png").mkdir()
    with pytest.raises(Conflict):
        store_drawn_overlay(paths, "folder", b"fifth", True)
    (paths.overlays / "folder.png").rmdir()
    assert (
        contents(paths) == {"Glow.png": b"third", "link.png": b"no link now"}
        and target.read_bytes() == b"image"
    )


class DrawingEngine:
    """Draws what is asked for as text; a colour that is none is a problem."""

    def __init__(self):
        self.asked = []

    def inquire(self, name, given, seconds):
        self.asked.append(given)
        if given["color"] == "none":
            return {"problem": "'none' is no colour"}
        return {"png": b64encode(b"drawn").decode()}


def test_what_is_drawn_is_stored_and_a_taken_name_is_refused_before_it_is_drawn(paths):
    engine, wanted = DrawingEngine(), {"filename": "Glow", "overwrite": False, "color": "red"}
    assert save_drawn_overlay(paths, engine, wanted) == "Glow.png"
    with pytest.raises(Conflict):
        save_drawn_overlay(paths, engine, wanted)
    assert len(engine.asked) == 1 and contents(paths) == {"Glow.png": b"drawn"}
    with pytest.raises(Invalid, match="is no colour"):
        save_drawn_overlay(paths, engine, wanted | {"overwrite": True, "color": "none"})
    assert contents(paths) == {"Glow.png": b"drawn"}
    assert overlay_preview(engine, wanted) == b64encode(b"drawn").decode() and engine.asked[-1]["preview"]


def test_a_file_is_neither_stored_nor_deleted_while_another_caller_changes_the_folder(paths, monkeypatch):
    monkeypatch.setattr("app.core.file_lock.LOCK_SECONDS", 0.05)
    make_image(paths.overlays, "Old.png")
    calls = (lambda: store(paths, "Glow.png"), lambda: delete_overlay_file(paths, "Old.png"))
    with held(paths.overlay_lock, "The test"):
        for call in calls:
            with pytest.raises(Unavailable, match="The folder of overlays"):
                call()
    assert set(contents(paths)) == {"Old.png"}


def test_files_are_listed_by_name_in_any_case_and_what_is_no_file_is_left_out(paths):
    for name in ("b.png", "A.TTF", "c.txt", ".hidden.png"):
        make_image(paths.overlays, name)
    (paths.overlays / "folder.png").mkdir()
    (paths.overlays / "dead.png").symlink_to("nowhere")
    listed = overlay_files(paths.overlays)
    assert [(file["name"], file["type"], file["extension"]) for file in listed] == [
        ("A.TTF", "font", ".ttf"),
        ("b.png", "image", ".png"),
    ]
    make_image(paths.overlays, "b.png", make_picture(encoding="PNG"))
    assert shown_overlay(paths.overlays, "b.png") == (paths.overlays / "b.png", "image/png")
    make_image(paths.overlays, "page.png", b"<html>")
    for name in ("page.png", "A.TTF", "c.txt", ".hidden.png", "folder.png", "dead.png", "gone.png"):
        with pytest.raises(NotFound):
            shown_overlay(paths.overlays, name)
