"""Designs come from others and go to them; nothing in a file of theirs can do harm."""

import io
import json
import stat
import zipfile
from dataclasses import replace

import pytest

from app.core.designs.importing import import_design
from app.core.designs.packing import LARGEST_DOCUMENT, LARGEST_MEMBER, packed_design, unpacked_design
from app.core.designs.shelf import all_designs, design_of_id, packaged_designs
from app.core.designs.taking import take_design
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid
from app.poster.inquiries.inquiry import Inquiry
from app.poster.inquiries.overlay_file import check_overlay_files
from app.poster.settings import Settings
from tests.core.designs.making import make_document, make_font, make_png

PNG, FONT = make_png(), make_font()
FILES = {"own.png": PNG, "Own.ttf": FONT, "Own.txt": b"Free to use."}


class Engine(EngineCalls):
    """The engine's check of a file, without a process for it."""

    def __init__(self):
        super().__init__(None, {})

    def inquire(self, name, given, seconds, content=None):
        return check_overlay_files(Inquiry(given, content, Settings({}, {}), None))


def make_zip(document=None, files=FILES, change=None):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        if document is not None:
            content = document if isinstance(document, (str, bytes)) else json.dumps(document)
            archive.writestr("design.json", content)
        for name, content in files.items():
            archive.writestr(name, content)
        if change:
            change(archive)
    return held.getvalue()


def bring(paths, *args, **options):
    return import_design(paths, Engine(), make_zip(*args, **options))


@pytest.mark.parametrize("record", packaged_designs(), ids=lambda record: record.id)
def test_what_is_exported_comes_back_the_same(record, paths):
    imported = import_design(paths, Engine(), packed_design(record))
    assert imported.notes == () and imported.record.is_own and imported.record.id != record.id
    found = design_of_id(paths, imported.record.id)
    assert replace(found, id=record.id, folder=record.folder, is_own=False) == record
    assert packed_design(record) == packed_design(record)
    for name in (*record.files, *record.licence_files):
        assert (found.folder / name).read_bytes() == (record.folder / name).read_bytes()


def test_secrets_servers_and_unknown_settings_are_left_out_with_a_sentence_that_does_not_repeat_them(paths):
    settings = {
        "ApiPart": {"tmdbtoken": "s3cret"},
        "PlexPart": {"PlexUrl": "http://evil.test"},
        "PrerequisitePart": {"AssetPath": "/etc", "font": "Own.ttf", "overlayfile": "other.png"},
        "PosterOverlayPart": {"fontcolor": "no colour", "maxPointSize": "30", "minPointSize": "80", "x": "1"},
        "EnginePart": {"MediaPath": "/etc", "LetterSpacing": "9999", "LabelSpacing": "40"},
        "Nothing": {"a": "b"},
    }
    imported = bring(paths, make_document(settings=settings))
    told = " ".join(imported.notes)
    assert "ApiPart.tmdbtoken was left out: it does not belong to a design." in imported.notes
    assert "Nothing.a was left out: it is no setting known here." in imported.notes
    assert "s3cret" not in told and "evil.test" not in told
    for name in ("PlexPart.PlexUrl", "AssetPath", "fontcolor", "minPointSize", "MediaPath", "LetterSpacing"):
        assert name in told
    found = design_of_id(paths, imported.record.id).settings
    assert found["PrerequisitePart"]["font"] == "Own.ttf"
    assert found["PrerequisitePart"]["overlayfile"] == "overlay-innerglow.png"
    assert found["PosterOverlayPart"]["fontcolor"] == "white"
    assert found["EnginePart"] | {"LabelSpacing": "40"} == found["EnginePart"]
    assert "ApiPart" not in found and "s3cret" not in (imported.record.folder / "design.json").read_text()


def link(archive):
    info = zipfile.ZipInfo("link.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


DOCUMENT = make_document()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no zip"),
        (b"PK\x03\x04 broken", "no zip"),
        (make_zip(DOCUMENT)[:-60], "no zip"),
        (make_zip(), "holds no design.json"),
        (make_zip("{"), "no proper JSON"),
        (make_zip(b"\xff\xfe"), "no proper JSON"),
        (make_zip("[" * 100_000), "no proper JSON|one object"),
        (make_zip('{"a":' * 90 + "1" + "}" * 90), "nesting"),
        (make_zip("[]"), "one object"),
        (make_zip('{"format": "other"}'), "not of this kind"),
        (make_zip(DOCUMENT | {"version": 2}), "version that is not known"),
        (make_zip(DOCUMENT | {"version": True}, {}), "version that is not known|does not hold"),
        (make_zip(DOCUMENT, {**FILES, "../evil.png": PNG}), "no plain file"),
        (make_zip(DOCUMENT, {**FILES, "/etc/evil.png": PNG}), "no plain file"),
        (make_zip(DOCUMENT, {**FILES, "a\\b.png": PNG}), "no plain file"),
        (make_zip(DOCUMENT, {**FILES, "folder/": b""}), "no plain file"),
        (make_zip(DOCUMENT, {**FILES, ".hidden.png": PNG}), "no plain file"),
        (make_zip(DOCUMENT, change=link), "no plain file"),
        (make_zip(DOCUMENT, {**FILES, "OWN.PNG": PNG}), "two files of one name"),
        (make_zip(DOCUMENT, {f"{number}.txt": b"" for number in range(90)}), "80 files at most"),
        (make_zip(DOCUMENT, {"own.png": bytes(LARGEST_MEMBER + 1)}), "own.png is too large"),
        (make_zip(b" " * (LARGEST_DOCUMENT + 1)), "design.json is too large"),
        (make_zip(DOCUMENT, {f"{n}.png": bytes(LARGEST_MEMBER) for n in range(4)}), "too large"),
        (make_zip(DOCUMENT, {"own.png": PNG}), "Own.ttf, which the file does not hold"),
        (make_zip(DOCUMENT, FILES | {"own.png": b"<svg/>"}), "own.png of the design cannot be used"),
        (make_zip(DOCUMENT, FILES | {"own.png": PNG[:200]}), "own.png of the design cannot be used"),
        (make_zip(DOCUMENT, FILES | {"Own.ttf": FONT[:200]}), "Own.ttf of the design cannot be used"),
        (make_zip(DOCUMENT, FILES | {"own.png": make_png((20, 30))}), "20x30 pixels, but .* of 2000x3000"),
        (make_zip(DOCUMENT | {"overlays": ["own.png"] * 99}), "32 overlays"),
    ],
)
def test_what_is_no_design_is_refused_in_one_sentence_and_leaves_nothing(content, told, paths):
    with pytest.raises(Invalid, match=told):
        import_design(paths, Engine(), content)
    assert not paths.designs.exists() or list(paths.designs.iterdir()) == []


def test_an_encrypted_file_is_refused(paths):
    content = bytearray(make_zip(DOCUMENT))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    with pytest.raises(Invalid, match="encrypted"):
        unpacked_design(bytes(content))


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"name": 3, "description": ["x"], "fonts": [], "settings": []}, {"name": {"en": "design"}}),
        ({"name": "Bare"}, {"name": {"en": "Bare"}}),
        ({"name": {"de": "<b>\u202eX</b>\n", "fr": "non"}}, {"name": {"de": "<b> X</b>"}}),
        ({"overlays": "x", "settings": {}}, {"overlays": []}),
        ({"overlays": ["../own.png", 7, "own.png"], "fonts": [None]}, {"overlays": ["own.png"], "fonts": []}),
        ({"fonts": [{"file": "Own.ttf", "licence_file": "../x.txt"}]}, {"fonts": [
            {"file": "Own.ttf", "name": "Own", "licence": "", "licence_file": ""}]}),
    ],
)  # fmt: skip
def test_wrong_types_are_left_out(change, kept, paths):
    imported = bring(paths, make_document(**change))
    document = json.loads((imported.record.folder / "design.json").read_text())
    assert {key: document[key] for key in kept} == kept


def test_files_that_the_design_does_not_name_are_left_out(paths):
    imported = bring(paths, make_document(), {**FILES, "run.sh": b"#!/bin/sh", "Own.txt": b"\xff\x00"})
    assert imported.notes == (
        "Own.txt was left out: the design does not name it.",
        "run.sh was left out: the design does not name it.",
    )
    assert sorted(path.name for path in imported.record.folder.iterdir()) == [
        "Own.ttf",
        "design.json",
        "own.png",
    ]


def test_two_of_one_name_stand_side_by_side_and_are_taken(paths, checks):
    names = [bring(paths, make_document()).record.id for _ in range(2)]
    assert names == ["mine", "mine-2"] and [record.id for record in all_designs(paths)][-2:] == names
    take_design(paths, design_of_id(paths, "mine-2"), checks)
    assert (paths.overlays / "Own.ttf").read_bytes() == FONT
