"""A picture is drawn again by a run over it alone."""

import json

import pytest

from tests.candidates import FILM
from tests.driving import row

ADDRESS = f"/api/assets/{FILM}/redraw"
NAMED = json.dumps([FILM])


@pytest.fixture
def source(machine, tmp_path, monkeypatch):
    monkeypatch.setattr(type(machine), "media_folder", tmp_path)


@pytest.mark.parametrize(
    ("body", "words"),
    [({}, []), ({"text": None}, []), ({"text": '-A\n"B"'}, ["-Titletext", '"-A\\n\\"B\\""'])],
)
def test_a_run_over_one_asset_is_queued_with_the_text_as_it_was_given(client, machine, source, body, words):
    answer = client.post(ADDRESS, json=body)
    assert answer.status_code == 200
    run = row(machine, answer.json["run_id"])
    assert (run.mode, run.arguments) == ("normal", ["-Only", NAMED, "-Take", NAMED, *words])


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (ADDRESS, {"text": "x" * 501}, 400),
        (ADDRESS, {"text": 5}, 400),
        (ADDRESS.replace(".jpg", ".txt"), {}, 400),
        ("/api/assets/a/%2e%2e/%2e%2e/etc/passwd.jpg/redraw", {}, 400),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_queues_nothing(client, source, path, body, status):
    answer = client.post(path, json=body)
    assert answer.status_code == status and answer.json["detail"]
    assert client.get("/api/runs").json["total"] == 0


def test_without_a_source_it_says_what_to_set(client):
    answer = client.post(ADDRESS, json={})
    assert answer.status_code == 409 and "MEDIA_PATH" in answer.json["detail"]
