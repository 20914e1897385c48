"""Fonts to choose from, and overlays to look at."""

import io
import json
import os

import pytest
from PIL import Image

from app.api import api_blueprint
from app.poster.text.fonts import DEFAULT_FONT
from tests.trees import make_image


def make_png() -> bytes:
    held = io.BytesIO()
    Image.new("RGBA", (4, 6), (0, 0, 0, 90)).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def overlays(machine):
    make_image(machine.paths.overlays, "glow & co #1.png", make_png())
    for name in ("Zilla.ttf", "Bebas.OTF", "notes.txt", ".half.ttf"):
        make_image(machine.paths.overlays, name, b"letters")
    return machine.paths.overlays


def test_the_fonts_are_listed_by_name(client, overlays):
    assert client.get("/api/fonts").json == {"success": True, "files": ["Bebas.OTF", "Zilla.ttf"]}


def test_without_fonts_the_list_is_empty(client):
    assert client.get("/api/fonts").json == {"success": True, "files": []}


def test_an_overlay_is_shown_as_it_is(client, overlays):
    answer = client.get("/api/overlayfiles/preview/glow%20%26%20co%20%231.png", buffered=True)
    assert (answer.status_code, answer.content_type, answer.data) == (200, "image/png", make_png())
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_overlay_that_did_not_change_is_not_sent_again(client, overlays):
    address = "/api/overlayfiles/preview/glow%20%26%20co%20%231.png"
    first = client.get(address, buffered=True)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    assert "no-cache" in first.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["Zilla.ttf", "notes.txt", ".half.ttf", "nothing.png", "a%00.png", ".."])
def test_nothing_but_an_overlay_is_shown(client, overlays, name):
    assert client.get(f"/api/overlayfiles/preview/{name}", buffered=True).status_code in (400, 403, 404)


def test_a_link_out_of_the_folder_is_not_followed(client, machine, overlays):
    outside = make_image(machine.paths.data, "secret.png", make_png())
    (overlays / "link.png").symlink_to(outside)
    assert client.get("/api/overlayfiles/preview/link.png").status_code == 403


def test_a_link_to_a_name_that_is_no_text_is_not_found(client, overlays):
    make_image(overlays, os.fsdecode(b"real\xff.png"), make_png())
    (overlays / "link.png").symlink_to(overlays / os.fsdecode(b"real\xff.png"))
    assert client.get("/api/overlayfiles/preview/link.png").status_code == 404


def test_an_overlay_has_the_type_of_its_content(client, overlays):
    held = io.BytesIO()
    Image.new("RGB", (4, 6)).save(held, "JPEG")
    make_image(overlays, "really.png", held.getvalue())
    make_image(overlays, "nothing.jpg", b"<svg/>")
    assert client.get("/api/overlayfiles/preview/really.png", buffered=True).content_type == "image/jpeg"
    assert client.get("/api/overlayfiles/preview/nothing.jpg").status_code == 404


def send(client, place, name, content):
    data = {"file": (io.BytesIO(content), name)}
    return client.post(f"/api/{place}/upload", data=data, buffered=True)


def test_what_is_uploaded_is_listed_shown_downloaded_and_deleted(client, machine):
    stored = send(client, "overlayfiles", "dir/Glow & co.png", make_png())
    assert (stored.status_code, stored.json["filename"]) == (200, "Glow  co.png")
    font = DEFAULT_FONT.read_bytes()
    assert send(client, "fonts", "Own.otf", font).json["filename"] == "Own.otf"
    listed = client.get("/api/overlayfiles").json["files"]
    assert [(file["name"], file["type"]) for file in listed] == [
        ("Glow  co.png", "image"),
        ("Own.otf", "font"),
    ]
    assert client.get("/api/overlayfiles/preview/Glow%20%20co.png", buffered=True).data == make_png()
    loaded = client.get("/api/fonts/download/Own.otf", buffered=True)
    assert loaded.data == font and "attachment" in loaded.headers["Content-Disposition"]
    drawn = client.get("/api/fonts/preview/Own.otf?text=Alien%201979&v=7")
    assert (drawn.status_code, drawn.content_type) == (200, "image/png")
    assert client.delete("/api/fonts/Own.otf").json["success"]
    assert client.delete("/api/overlayfiles/Glow%20%20co.png").json["success"]
    assert client.get("/api/overlayfiles").json["files"] == []


@pytest.mark.parametrize(
    ("place", "name", "content", "status", "said"),
    [
        ("overlayfiles", "a.png", b"no picture", 400, "cannot be used"),
        ("fonts", "a.ttf", make_png(), 400, "cannot be opened as a font"),
        ("overlayfiles", "a.svg", b"<svg/>", 400, "must end in one of .png"),
        ("fonts", "a.png", make_png(), 400, "must end in one of .ttf"),
        ("overlayfiles", "GLOW & CO #1.png", make_png(), 200, "stored"),
        ("overlayfiles", "zilla.TTF", b"x", 409, "There is a 'Zilla.ttf' already"),
    ],
)
def test_an_upload_is_decoded_and_replaces_nothing(client, overlays, place, name, content, status, said):
    before = {file.name for file in overlays.iterdir()}
    answer = send(client, place, name, content)
    assert answer.status_code == status and said in answer.json["message"]
    assert ({file.name for file in overlays.iterdir()} != before) == (status == 200)


def test_an_upload_beyond_the_limit_is_413_and_one_without_a_file_400(client, monkeypatch):
    assert client.post("/api/fonts/upload", data={"v": "1"}).status_code == 400
    monkeypatch.setattr(api_blueprint, "LARGEST_UPLOAD", 1000)
    assert send(client, "overlayfiles", "a.png", bytes(2000)).status_code == 413


def test_who_deletes_what_the_settings_name_reads_what_is_used_instead(client, machine, overlays):
    config = json.loads(machine.paths.config.read_text())
    config["PrerequisitePart"] |= {"font": "zilla.ttf", "overlayfile": "overlay-innerglow.png"}
    machine.paths.config.write_text(json.dumps(config))
    make_image(overlays, "overlay-innerglow.png", make_png())
    assert (
        "font in config.json still names it: choose" in client.delete("/api/fonts/Zilla.ttf").json["message"]
    )
    packaged = client.delete("/api/overlayfiles/overlay-innerglow.png").json["message"]
    assert "comes with the package is used again" in packaged
    assert client.delete("/api/overlayfiles/Bebas.OTF").json["message"] == "Bebas.OTF was deleted."


@pytest.mark.parametrize(
    "query", ["text=", f"text={'x' * 101}", "text=a%00b", "text=a%0Ab", "text=%ED%A0%80%07"]
)
def test_only_a_short_printable_text_is_drawn(client, overlays, query):
    assert client.get(f"/api/fonts/preview/Zilla.ttf?{query}").status_code == 400


@pytest.mark.parametrize(
    "name", ["nothing.ttf", "glow%20%26%20co%20%231.png", ".half.ttf", "..", "a%5Cb.ttf"]
)
def test_what_is_no_font_is_neither_drawn_nor_downloaded_nor_deleted(client, overlays, name):
    calls = (client.get, "preview"), (client.get, "download"), (client.delete, "")
    for call, verb in calls:
        answer = call(f"/api/fonts/{verb}/{name}" if verb else f"/api/fonts/{name}")
        assert answer.status_code in (403, 404)
    assert client.get("/api/fonts/preview/Zilla.ttf").status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("get", path) for path in ("fonts", "overlayfiles/preview/x.png", "fonts/preview/x.ttf")),
        *(("get", "fonts/download/x.ttf"), ("delete", "fonts/x.ttf"), ("delete", "overlayfiles/x.png")),
        *(("post", "fonts/upload"), ("post", "overlayfiles/upload")),
    ],
)
def test_nobody_without_credentials_reads_or_changes_overlays(anonymous, overlays, method, path):
    before = list(overlays.iterdir())
    assert getattr(anonymous, method)(f"/api/{path}").status_code == 401
    assert list(overlays.iterdir()) == before
