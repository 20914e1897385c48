"""A file is an overlay or a font where the engine can draw with it."""

import json
import subprocess
import sys
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from app.poster.inquiries.inquiry import BadInquiry
from app.poster.inquiries.overlay_file import font_problem, picture_problem
from app.poster.inquiries.table import respond
from app.poster.text.fonts import DEFAULT_FONT, FOLDER
from tests.poster.inquiries.asking import make_inquiry
from tests.poster.program import ROOT, make_environment


def picture(kind="PNG", mode="RGBA", size=(40, 60)):
    held = BytesIO()
    Image.new(mode, size).save(held, kind)
    return held.getvalue()


def font(**tables):
    """The packaged font, saved anew as WOFF or without some tables."""
    held = BytesIO()
    with TTFont(FOLDER / "FiraSansExtraCondensed-Bold.ttf") as opened:
        opened.flavor = tables.get("flavor")
        for name in tables.get("without", ()):
            del opened[name]
        opened.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (picture(), ""),
        (picture("JPEG", "RGB"), ""),
        (picture("PNG", "P"), ""),
        (picture("WEBP"), "save it as PNG"),
        (picture()[:-30], "cannot be decoded"),
        (picture("JPEG", "RGB", (400, 400))[:900], "cannot be decoded"),
        (b"", "no picture of a known format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture of a known format"),
        (picture("PNG", "1", (10_000, 9_000)), "pixels"),
    ],
)
def test_an_overlay_is_decoded_as_a_whole(content, said):
    assert said in picture_problem(content) and bool(picture_problem(content)) == bool(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (DEFAULT_FONT.read_bytes(), ""),
        (font(flavor="woff"), ""),
        (font()[:4000], "cannot be opened as a font"),
        (font(without=["cmap"]), "no table of characters"),
        (b"wOF2" + bytes(60), "cannot be opened as a font"),
        (picture(), "cannot be opened as a font"),
        (b"", "cannot be opened as a font"),
    ],
)
def test_a_font_is_drawn_with_before_it_is_taken(content, said):
    assert said in font_problem(content) and bool(font_problem(content)) == bool(said)


def test_the_program_reads_the_file_from_its_input_and_prints_json(tmp_path):
    def inquire(name, given, content=b""):
        environment = make_environment(tmp_path) | {"INQUIRY": given}
        words = [sys.executable, "-m", "app.poster", "-Inquire", name]
        return subprocess.run(
            words, cwd=ROOT, env=environment, input=content, capture_output=True, timeout=60
        )

    answered = inquire("overlay-file", '{"kind": "image"}', picture())
    assert (answered.returncode, json.loads(answered.stdout)) == (0, {"problem": "", "size": [40, 60]})
    refused = inquire("overlay-file", "[]")
    assert (refused.returncode, refused.stdout) == (2, b"") and b"no JSON object" in refused.stderr


def test_an_unknown_inquiry_or_kind_is_refused():
    with pytest.raises(BadInquiry, match="no inquiry 'nothing'"):
        respond("nothing", make_inquiry())
    with pytest.raises(BadInquiry, match="an image or a font"):
        respond("overlay-file", make_inquiry(kind="film"))


def test_several_files_are_checked_in_one_go():
    contents = [picture(), font(), b"none"]
    files = [
        {"kind": kind, "bytes": len(one)}
        for kind, one in zip(("image", "font", "font"), contents, strict=True)
    ]
    inquiry = make_inquiry(b"".join(contents), files=files)
    first, second, third = respond("overlay-files", inquiry)["files"]
    assert first == {"problem": "", "size": [40, 60]}
    assert second["name"] == "Fira Sans Extra Condensed Bold" and "Open Font License" in second["licence"]
    assert "cannot be opened" in third["problem"]


@pytest.mark.parametrize("files", [None, 3, [3], [{"kind": "image"}], [{"kind": "x", "bytes": 1}]])
def test_a_list_of_files_that_is_none_is_refused(files):
    with pytest.raises(BadInquiry):
        respond("overlay-files", make_inquiry(b"x", files=files))
