"""JSON can name half of a surrogate pair, which no database, file or command takes."""

import re

import pytest

HALVES = ("\\ud800", "\\udfff x")
# These read their bodies themselves: senders of webhooks are answered, and what is kept is cleaned.
OWN_READERS = ("/api/webhook/",)


def operations_with_json(document):
    return [
        (method, re.sub(r"{[^}]*}", "1", path))
        for path, item in document["paths"].items()
        for method, told in item.items()
        if method != "parameters" and "application/json" in told.get("requestBody", {}).get("content", {})
        if not path.startswith(OWN_READERS)
    ]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("shape", ['"%s"', '{"more": ["%s"]}', '{"%s": 1}'])
def test_no_operation_takes_half_a_character(client, half, shape):
    found = operations_with_json(client.get("/api/openapi.json").json)
    assert len(found) > 40
    for method, path in found:
        answer = client.open(path, method=method, data=shape % half, content_type="application/json")
        assert (answer.status_code, "surrogate" in answer.json["detail"]) == (400, True), (method, path)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("assets/bulk-edit", '{"action": "delete", "filter": {"folder": "%s"}, "dry_run": true}'),
        ("assets/Movies/Alien/poster.jpg/redraw", '{"text": "%s"}'),
    ],
)
def test_half_a_character_reaches_neither_a_question_nor_a_run(client, media, path, body):
    answer = client.post(f"/api/{path}", data=body % HALVES[0], content_type="application/json")
    assert (answer.status_code, client.get("/api/runs").json["total"]) == (400, 0)


def test_a_whole_pair_is_a_character(client, media):
    answer = client.post(
        "/api/assets/a/poster.jpg/redraw", data=b'{"text": "\\ud83d\\ude00"}', content_type="application/json"
    )
    assert answer.status_code == 200


@pytest.fixture
def media(machine, tmp_path, monkeypatch):
    monkeypatch.setattr(type(machine), "media_folder", tmp_path)
