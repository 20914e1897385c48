"""Clients that send half a request, or do not read their answer, hold no thread."""

import json
import re
import socket
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
import requests

from app.server.serving import THREADS
from tests.live_server import KEY, RunningServer

# Each starts a server of its own.
pytestmark = pytest.mark.slow

CHANGED = "from app.server import serving, web_worker; {}; serving.serve_forever()"
SOON_IMPATIENT = CHANGED.format("web_worker.SILENCE_SECONDS = 1")
FEW = CHANGED.format("serving.MOST_CONNECTIONS = 100")
HEAD = f"POST /api/auth/keys HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {KEY}\r\n".encode()
HEAD += b"Content-Type: application/json\r\n"
BODY = json.dumps({"name": "slow", "scopes": ["read"]}).encode()
HALVES = {
    "nothing": b"",
    "half a head": b"GET /ping HTTP/1.1\r\nHost: localhost\r\nX-Half",
    "half a body": HEAD + b"Content-Length: 100\r\n\r\n{",
    "half of the chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
    "no body at all": HEAD + b"Expect: 100-continue\r\nContent-Length: 100\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with RunningServer(tmp_path_factory.mktemp("slow") / "data") as server:
        yield server


@contextmanager
def connected(server, *contents):
    """A connection for each content, which is sent and left alone."""
    with ExitStack() as stack:
        yield [stack.enter_context(connect(server, content)) for content in contents]


def connect(server, content):
    client = socket.create_connection(("127.0.0.1", server.port), timeout=15)
    client.sendall(content)
    return client


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_requests_hold_up_nobody(server, half):
    with connected(server, *[half] * 3 * THREADS):
        for _ in range(5):
            assert server.get("/ping").ok


def test_clients_that_do_not_close_after_their_answer_hold_up_nobody(server):
    asks = b"GET /ping HTTP/1.0\r\nHost: localhost\r\n\r\n"
    with connected(server, *[asks] * 3 * THREADS) as clients:
        assert server.get("/ping").ok
        assert b" 200 OK" in clients[-1].recv(4096)


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_a_client_that_falls_silent_is_told_so_and_let_go(tmp_path, half):
    with RunningServer(tmp_path / "data", command=(sys.executable, "-c", SOON_IMPATIENT)) as server:
        with connected(server, half) as [silent]:
            last_words = read_all(silent).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
        assert last_words[:13] == (b"HTTP/1.1 408 " if half else b"")
        assert "Traceback" not in server.output and " 500 " not in server.output


def read_all(client):
    found = b""
    while piece := client.recv(4096):
        found += piece
    return found


def test_who_comes_last_finds_room_beside_connections_that_send_nothing(tmp_path):
    few = RunningServer(tmp_path / "data", command=(sys.executable, "-c", FEW))
    with few as server, connected(server, *[HALVES["half a head"]] * 150):
        assert server.get("/ping").ok


def pieces_of(framing):
    """One request in pieces of a byte, or of two for the middle of its body."""
    yield from (HEAD[place : place + 40] for place in range(0, len(HEAD), 40))
    if framing == "chunked":
        yield b"Transfer-Encoding: chunked\r\n\r\n"
        yield b"%x\r\n" % len(BODY)
        yield from (BODY[:9], BODY[9:], b"\r\n0\r\n", b"\r\n")
    else:
        yield b"Content-Length: %d\r\n\r\n" % len(BODY)
        yield from (BODY[:9], BODY[9:])


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_request_in_pieces_is_answered_like_any_other(server, framing):
    with connected(server, b"") as [client]:
        for piece in pieces_of(framing):
            client.sendall(piece)
            time.sleep(0.01)
        client.sendall(b"GET /ping HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert re.findall(rb"HTTP/1.. (\d+) ", read_all(client)) == [b"200", b"200"]


def test_requests_that_come_together_are_answered_in_their_order(server):
    first = f"GET /api HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {KEY}\r\n\r\n".encode()
    second = HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
    last = b"GET /nowhere HTTP/1.0\r\nHost: localhost\r\n\r\n"
    with connected(server, first + second + last) as [client]:
        answers = read_all(client)
    assert re.findall(rb"HTTP/1.. (\d+) ", answers) == [b"200", b"200", b"404"]


def test_who_waits_for_a_word_before_the_body_gets_it(server):
    head = HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY)
    with connected(server, head) as [client]:
        assert client.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(BODY)
        assert client.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_a_long_body_arrives_whole(server):
    sent = {"config": {"x" * 40: "y" * 1_500_000}}
    answer = requests.post(f"{server.address}/api/config", json=sent, headers={"X-API-Key": KEY}, timeout=20)
    assert answer.status_code == 400 and "is no setting known here" in answer.text


def test_a_body_that_ends_early_is_answered(server):
    with connected(server, HALVES["half a body"]) as [client]:
        client.shutdown(socket.SHUT_WR)
        assert b"HTTP/1.1 400 " in read_all(client)


def test_headers_without_an_end_are_refused(server):
    with connected(server, b"GET /ping HTTP/1.1\r\nX: " + b"x" * 70_000) as [client]:
        answer = read_all(client)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 ") and json.loads(body)["detail"]
