"""Bodies that are too long to be read into memory."""

import io

import pytest

from app.api.api_blueprint import LARGEST_JSON

LONG = b'{"name": "' + b"x" * LARGEST_JSON + b'"}'
# What gunicorn says of a body in chunks, whose length nobody announces.
CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}


def test_a_body_beyond_the_limit_is_413(client):
    answer = client.post("/api/auth/keys", data=LONG, content_type="application/json")
    assert answer.status_code == 413
    assert answer.json["detail"] == answer.json["message"]


def test_of_a_body_whose_length_nobody_announced_no_more_is_read(client):
    stream = io.BytesIO(LONG)
    answer = client.post(
        "/api/auth/keys", input_stream=stream, environ_overrides=CHUNKED, content_type="application/json"
    )
    assert (answer.status_code, stream.tell()) == (400, LARGEST_JSON)


# Behind the first the parser gives up; between them it is whoever copies or compares what was read.
@pytest.mark.parametrize("depth", [100_000, 990, 480, 320, 100])
@pytest.mark.parametrize("path", ["config", "config/import", "scheduler/schedule", "run-manual"])
def test_a_body_that_is_nested_too_deeply_is_refused(client, path, depth):
    for opening, closing in (("[", "]"), ('{"name":', "}")):
        inner = opening * depth + "1" + closing * depth
        body = f'{{"time": "01:00", "config": {{"AssetPath": {inner}}}, "PlexPart": {{"PlexUrl": {inner}}}}}'
        answer = client.post(f"/api/{path}", data=body, content_type="application/json")
        assert (answer.status_code, "deep" in answer.json["detail"]) == (400, True)


@pytest.mark.parametrize("body", ["%s", '{"name": %s}', '{"name": [-%s]}'])
def test_a_body_with_an_endless_number_is_refused(client, body):
    answer = client.post("/api/auth/keys", data=body % ("1" * 5000), content_type="application/json")
    assert (answer.status_code, "digits" in answer.json["detail"]) == (400, True)


def test_the_document_says_so_of_whatever_takes_a_body(anonymous):
    told = anonymous.get("/api/openapi.json").json["paths"]["/api/auth/keys"]
    assert "413" in told["post"]["responses"] and "413" not in told["get"]["responses"]


def test_a_strangers_body_is_refused_unread(anonymous):
    class Unreadable(io.BytesIO):
        def read(self, *args):
            raise AssertionError("it was read")

    answer = anonymous.post("/api/auth/keys", input_stream=Unreadable(), content_type="application/json")
    assert answer.status_code == 401
