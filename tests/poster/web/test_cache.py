"""What a second run asks, and what is on the disk between the two."""

import json
import os
import sqlite3
import zlib
from contextlib import closing

import pytest

from app.poster.web.cache import AnswerCache
from app.poster.web.endpoint import Endpoint, Limits
from app.poster.web.session import WebSession
from app.poster.web.trouble import WebTrouble
from tests.doubles.loopback import serving
from tests.doubles.scripted import ScriptedServer, answering

KEY = "secret-key-of-tmdb"
QUICK = Limits(connect=1, read=0.5, whole=1, tries=1)


def validated(handler):
    if handler.headers.get("If-None-Match") == '"one"':
        handler.send(304, ETag='"one"')
    else:
        handler.send(200, b"[1]", ETag='"one"', Cache_Control="max-age=0", Vary="Accept-Encoding")


@pytest.fixture
def server():
    with serving(ScriptedServer(answering(200, b"[1]", Vary="Accept-Encoding"))) as server:
        yield server


def run_once(server, folder, *paths, megabytes=1):
    """The answers of one run, "trouble" for a call that failed."""
    with closing(AnswerCache(folder, megabytes)) as cache:
        endpoint = Endpoint(
            "TMDB", server.url, {"Authorization": f"Bearer {KEY}"}, (KEY,), parameters={"k": KEY}
        )
        with closing(WebSession(endpoint, QUICK, cache)) as session:
            return [answer(session, path) for path in paths]


def answer(session, path):
    try:
        return session.json(path)
    except WebTrouble:
        return "trouble"


def test_a_fresh_answer_is_not_asked_for_in_the_next_run(server, tmp_path):
    assert run_once(server, tmp_path, "/a") == run_once(server, tmp_path, "/a") == [[1]]
    assert server.count == 1


def test_a_missing_entry_is_not_asked_for_in_the_next_run(server, tmp_path):
    server.behaviours = [answering(404, b"{}")]
    assert run_once(server, tmp_path, "/a") == run_once(server, tmp_path, "/a") == ["trouble"]
    assert server.count == 1


def test_an_old_answer_is_revalidated_without_its_body(server, tmp_path):
    server.behaviours = [validated]
    assert run_once(server, tmp_path, "/a") == run_once(server, tmp_path, "/a") == [[1]]
    assert [headers.get("If-None-Match") for headers in server.headers] == [None, '"one"']


def test_an_old_answer_serves_while_the_host_is_down(server, tmp_path):
    server.behaviours = [validated, answering(503)]
    assert run_once(server, tmp_path, "/a") == run_once(server, tmp_path, "/a") == [[1]]
    assert run_once(server, tmp_path, "/b") == ["trouble"]


def test_a_failure_and_what_must_not_be_stored_are_not_kept(server, tmp_path):
    server.behaviours = [answering(500), answering(200, b"[2]", Cache_Control="no-store")]
    assert run_once(server, tmp_path, "/a") == ["trouble"]
    assert run_once(server, tmp_path, "/a") == run_once(server, tmp_path, "/a") == [[2]]
    assert server.count == 3


def test_no_key_is_on_the_disk(server, tmp_path):
    run_once(server, tmp_path, "/a")
    with closing(sqlite3.connect(tmp_path / "answers.sqlite")) as database:
        rows = database.execute("SELECT * FROM answers").fetchall()
    assert len(rows) == 1
    assert KEY not in str(rows)
    assert zlib.decompress(rows[0][4]) == b"[1]"
    assert all(KEY.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_the_cache_stays_below_its_cap_and_keeps_what_is_fresh_longest(server, tmp_path, monkeypatch):
    monkeypatch.setattr("app.poster.web.cache.CHECK_EVERY", 2)
    bodies = [json.dumps(os.urandom(150_000).hex()).encode() for _ in range(12)]
    server.behaviours = [
        answering(200, body, Cache_Control=f"max-age={60 + n}") for n, body in enumerate(bodies)
    ]
    run_once(server, tmp_path, *(f"/{number}" for number in range(12)))
    with closing(AnswerCache(tmp_path, 1)) as cache:
        assert 0 < cache.size() <= 1024 * 1024 + 200_000
    run_once(server, tmp_path, "/11", "/0")
    assert [path for path, _, _ in server.asked[12:]] == ["/0"]


def test_without_a_cap_every_answer_stays(server, tmp_path, monkeypatch):
    monkeypatch.setattr("app.poster.web.cache.CHECK_EVERY", 1)
    server.behaviours = [answering(200, b"[1]", Cache_Control="max-age=60")] * 3
    for _ in range(2):
        run_once(server, tmp_path, "/a", "/b", "/c", megabytes=0)
    assert server.count == 3


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_broken_file_costs_the_answers_and_nothing_else(server, tmp_path, content):
    (tmp_path / "answers.sqlite").write_bytes(content)
    assert run_once(server, tmp_path, "/a") == [[1]]


def test_a_row_that_was_changed_by_hand_is_asked_for_again(server, tmp_path):
    run_once(server, tmp_path, "/a")
    with closing(sqlite3.connect(tmp_path / "answers.sqlite")) as database, database:
        database.execute("UPDATE answers SET body = x'00'")
    assert run_once(server, tmp_path, "/a") == [[1]]
    assert server.count == 2
