import time

import pytest

from app.core import release_feed
from app.core.release_feed import fetch
from tests.doubles import releases as servers
from tests.doubles.loopback import hanging
from tests.doubles.releases import release_server


def test_a_good_answer_is_handed_over_with_its_marks():
    with release_server(servers.good) as server:
        fetched = fetch(server.url)
    assert fetched.payload == servers.RELEASES
    assert (fetched.etag, fetched.last_modified) == ('"one"', "Fri, 21 Nov 2025 11:00:57 GMT")
    assert fetched.error is None


def test_a_request_is_conditional_where_a_copy_is_there():
    with release_server(servers.unchanged) as server:
        assert fetch(server.url, '"one"', "yesterday").not_modified
    assert server.requests[0]["If-None-Match"] == '"one"'
    assert server.requests[0]["If-Modified-Since"] == "yesterday"


def test_the_first_request_is_not():
    with release_server(servers.good) as server:
        fetch(server.url)
    assert "If-None-Match" not in server.requests[0]


@pytest.mark.parametrize("status", [204, 400, 403, 404, 429, 500, 503])
def test_a_refusal_is_told_by_its_status(status):
    with release_server(servers.answering(status, b"no" if status != 204 else b"")) as server:
        assert str(status) in fetch(server.url).error


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b'[{"tag_name": "1'])
def test_nonsense_is_no_json(body):
    with release_server(servers.answering(200, body)) as server:
        fetched = fetch(server.url)
    assert fetched.error == "The answer is not JSON."
    assert fetched.payload is None


def test_a_server_that_hangs_is_left(monkeypatch):
    monkeypatch.setattr(release_feed, "TIMEOUT", (0.2, 0.2))
    with release_server(hanging) as server:
        begun = time.monotonic()
        assert "cannot be reached" in fetch(server.url).error
        assert time.monotonic() - begun < 20


def test_a_server_that_drips_is_left_when_the_time_is_up(monkeypatch):
    monkeypatch.setattr(release_feed, "TOTAL_SECONDS", 0.3)
    with release_server(servers.dripping) as server:
        begun = time.monotonic()
        assert "took longer" in fetch(server.url).error
        assert time.monotonic() - begun < 20


def test_a_flood_is_cut_off():
    with release_server(servers.flooding) as server:
        assert "larger than" in fetch(server.url).error


def test_redirects_are_followed_three_times_at_most():
    with release_server(servers.redirecting_for_ever) as server:
        assert "TooManyRedirects" in fetch(server.url).error
    assert len(server.requests) == release_feed.REDIRECT_LIMIT + 1


def test_an_answer_that_breaks_off_is_an_error():
    with release_server(servers.breaking_off) as server:
        assert fetch(server.url).error


def test_nobody_there_is_an_error_that_names_no_address():
    with release_server(servers.good) as server:
        url = server.url
    error = fetch(url).error
    assert "cannot be reached" in error
    assert "127.0.0.1" not in error


def test_a_compressed_answer_is_not_asked_for():
    with release_server(servers.good) as server:
        fetch(server.url)
    assert server.requests[0]["Accept-Encoding"] == "identity"


def test_a_mark_of_absurd_length_is_not_kept():
    with release_server(servers.answering(200, b"[]", ETag='"' + "x" * 5000 + '"')) as server:
        assert fetch(server.url).etag is None
