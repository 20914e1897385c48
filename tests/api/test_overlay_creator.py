"""Overlays are put together by the API, and drawn by the real engine."""

import io
import json
from base64 import b64decode

import pytest
from PIL import Image

NAMES = ("overlay-creator/preview", "overlay-creator/save")


def opened(content):
    return Image.open(io.BytesIO(content))


def preview(client, **parts):
    answer = client.post("/api/overlay-creator/preview", json=parts)
    assert answer.status_code == 200, answer.json
    return opened(b64decode(answer.json["image_base64"]))


def test_a_preview_is_small_and_marks_where_the_settings_place_the_title(client, machine):
    plain = preview(client, fade_height_ratio=0)
    assert (plain.format, plain.size, plain.getchannel("A").getextrema()) == ("PNG", (500, 750), (0, 0))
    config = json.loads(machine.paths.config.read_text())
    config["PosterOverlayPart"] |= {"text_offset": "+1500", "MaxHeight": "300", "MaxWidth": "1000"}
    machine.paths.config.write_text(json.dumps(config))
    marked = preview(client, fade_height_ratio=0, show_text_area=True).getchannel("A").getbbox()
    assert (marked[0], marked[1], marked[3]) == (125, 300, 376)
    assert preview(client, overlay_type="background").size == (500, 281)
    assert list(machine.paths.overlays.iterdir()) == []


def test_a_saved_overlay_is_of_full_size_and_replaces_one_only_where_that_is_asked_for(client, machine):
    wanted = {"filename": "Own glow", "overlay_type": "background", "inner_glow_strength": 1}
    saved = client.post("/api/overlay-creator/save", json=wanted)
    assert (saved.status_code, saved.json["filename"]) == (200, "Own glow.png")
    first = (machine.paths.overlays / "Own glow.png").read_bytes()
    assert (opened(first).size, opened(first).mode) == ((3840, 2160), "RGBA")
    for name in ("Own glow.png", "OWN GLOW", "../Own glow"):
        assert client.post("/api/overlay-creator/save", json={**wanted, "filename": name}).status_code == 409
    other = {**wanted, "overwrite": True, "inner_glow_strength": 0.5}
    assert client.post("/api/overlay-creator/save", json=other).status_code == 200
    assert (machine.paths.overlays / "Own glow.png").read_bytes() != first
    assert [file["name"] for file in client.get("/api/overlayfiles").json["files"]] == ["Own glow.png"]


@pytest.mark.parametrize(
    "parts",
    [
        {"border_px": -1},
        {"border_px": 501},
        {"border_px": "wide"},
        {"corner_radius": 1001},
        {"matte_height_ratio": 1.1},
        {"fade_height_ratio": -0.1},
        {"fade_height_ratio": "NaN"},
        {"inner_glow_strength": 2},
        {"vignette_strength": None},
        {"grain_amount": 1.5},
        {"grain_size": 0},
        {"overlay_type": "season"},
        {"border_enabled": "perhaps"},
        {"border_color": ""},
        {"gradient_color": "no colour"},
        {"vignette_color": "#12345"},
        {"filename": ""},
        {"filename": "../.."},
        {"filename": "x" * 255},
    ],
)
def test_numbers_out_of_range_and_names_that_are_none_are_refused(client, machine, parts):
    wanted = {"filename": "x", **parts}
    assert client.post("/api/overlay-creator/save", json=wanted).status_code == 400
    assert list(machine.paths.overlays.iterdir()) == []


def test_nobody_without_credentials_draws_anything(anonymous):
    assert {anonymous.post(f"/api/{name}", json={"filename": "x"}).status_code for name in NAMES} == {401}
