"""Posters that a person makes, by the API: kept, drawn, put in their place and taken back."""

import io

import pytest
from PIL import Image

from app.core.decisions.record import decision_of
from tests.api.test_previews import drawing
from tests.candidates import TMDB, picture_host
from tests.edited_artwork import make_trees
from tests.pictures import make_picture

__all__ = ["drawing"]
NEW = {"library": "Movies", "folder": "Own (2020)"}


@pytest.fixture
def folder(machine, client, monkeypatch):
    return make_trees(machine, monkeypatch)


def keep(client, content=None):
    file = io.BytesIO(content or make_picture((300, 600), noisy=True)), "my picture.png"
    return client.post("/api/made-pictures/files", data={"file": file})


def put(client, token, **wanted):
    body = {"kind": "poster", "title": "Own", "upload": token, "place": NEW, **wanted}
    return client.post("/api/made-pictures", json=body)


def test_a_picture_is_put_as_it_was_shown_as_the_users_own_and_taken_back(client, machine, folder, drawing):
    kept = keep(client).json
    assert (kept["width"], kept["height"]) == (300, 600)
    assert Image.open(io.BytesIO(client.get(kept["address"]).data)).size == (300, 600)
    wanted = {"crop": [0, 0.5, 1, 0.5], "second": ""}
    shown = client.post("/api/previews", json={"title": "Own", "upload": kept["token"], **wanted})
    answer = put(client, kept["token"], **wanted)
    assert answer.status_code == 200, answer.json
    path = "Movies/Own (2020)/poster.jpg"
    assert (answer.json["path"], answer.json["was_replacement"]) == (path, False)
    file = folder / "assets" / path
    assert file.read_bytes() == shown.data
    assert decision_of(machine.paths.engine, path)["hold"] == "held"
    undo = client.post(f"/api/runs/{answer.json['run_id']}/undo").json
    assert undo["success"] and not file.exists()
    assert [one.name for one in machine.paths.uploads.iterdir()] == [kept["token"]]


def test_a_picture_is_fetched_from_an_address_of_the_internet_only(client, machine, drawing):
    with picture_host(machine):
        kept = client.post("/api/made-pictures/addresses", json={"address": f"{TMDB}a.jpg"}).json
        assert (kept["width"], kept["height"]) == (200, 300)
    for address in ("http://127.0.0.1:1/a.jpg", "file:///etc/passwd", "x"):
        assert client.post("/api/made-pictures/addresses", json={"address": address}).status_code == 400


def test_what_is_no_picture_has_no_place_or_no_source_is_refused(client, folder, drawing):
    assert keep(client, b"no picture").status_code == 400
    token = keep(client).json["token"]
    refused = {
        "Say where": put(client, token, place={}),
        "There is no picture": put(client, None),
        "what you made is a poster": put(client, token, place={"asset": "Movies/A/background.jpg"}),
        "add it again": put(client, "gone.jpg"),
    }
    for said, answer in refused.items():
        assert answer.status_code in (400, 404) and said in answer.json["detail"], said
    assert client.get("/api/made-pictures/gone.jpg").status_code == 404
