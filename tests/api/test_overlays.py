"""Fonts to choose from, and overlays to look at."""

import io
import os

import pytest
from PIL import Image

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


@pytest.mark.parametrize("path", ["fonts", "overlayfiles/preview/x.png"])
def test_overlays_need_a_caller_that_may_read(anonymous, path):
    assert anonymous.get(f"/api/{path}").status_code == 401
