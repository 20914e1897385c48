"""Open streams of a real server: they take no thread of requests, and end when they should."""

import ssl
from contextlib import ExitStack

import pytest
import requests
import trustme

from app.core.live.places import MOST_OF_ONE_CALLER
from tests.driving import eventually
from tests.live_server import GUNICORN, KEY, RunningServer
from tests.web_sockets import EventClient, WebSocketClient

# Each starts a server of its own.
pytestmark = pytest.mark.slow

LOGS = "/ws/logs?log_file=Scriptlog.log"
AUTHORIZED = {"X-API-Key": KEY}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    data = tmp_path_factory.mktemp("streams") / "data"
    with RunningServer(data) as server:
        server.data = data
        yield server


def write(server, text):
    with (server.data / "Logs" / "Scriptlog.log").open("a") as file:
        file.write(text)


def test_open_streams_hold_up_no_request_and_are_limited(server):
    with ExitStack() as stack:
        streams = [
            stack.enter_context(WebSocketClient(server.port, LOGS, AUTHORIZED))
            for _ in range(MOST_OF_ONE_CALLER)
        ]
        assert {stream.status for stream in streams} == {101}
        assert all(server.get("/api").ok for _ in range(20))
        with WebSocketClient(server.port, LOGS, AUTHORIZED) as refused:
            assert refused.status == 429
        write(server, "one\n")
        assert {next_line(stream) for stream in streams} == {"one"}
    eventually(lambda: status_of(server, LOGS) == 101)


def next_line(client):
    """The next line of the log; a run of another test may be reported before it."""
    return next(message["content"] for message in client.messages() if message["type"] == "log")


def status_of(server, target, headers=AUTHORIZED, **options):
    with WebSocketClient(server.port, target, headers, **options) as client:
        return client.status


@pytest.mark.parametrize(
    ("target", "options", "status"),
    [
        (f"{LOGS}&api_key={KEY}", {"headers": {}}, 101),
        ("/ws/logs", {}, 101),
        (LOGS, {"headers": {}}, 401),
        (LOGS, {"headers": {"X-API-Key": "wrong"}}, 401),
        ("/ws/logs?log_file=../config.json", {}, 404),
        ("/ws/logs?log_file=../UILogs/BackendServer.log", {}, 403),
        ("/ws/logs?log_file=/etc/passwd", {}, 404),
        (LOGS, {"headers": {**AUTHORIZED, "Sec-WebSocket-Key": "short"}}, 400),
        (LOGS, {"version": "8"}, 426),
        (LOGS, {"headers": {**AUTHORIZED, "Upgrade": "h2c"}}, 400),
    ],
)
def test_only_a_handshake_of_somebody_who_may_read_opens_a_log(server, target, options, status):
    assert status_of(server, target, **options) == status


@pytest.mark.parametrize(("origin", "status"), [("{}", 101), ("http://evil.example", 403), (None, 403)])
def test_the_existing_page_opens_a_log_after_its_own_sign_in(server, origin, status):
    page = {"Sec-Fetch-Site": "same-origin", "Referer": f"{server.address}/"}
    signed_in = requests.get(f"{server.address}/api/status", auth=("any", KEY), headers=page, timeout=10)
    [(name, value)] = signed_in.cookies.items()
    headers = {"Cookie": f"{name}={value}", "Host": f"127.0.0.1:{server.port}"}
    if origin:
        headers["Origin"] = origin.format(server.address)
    assert status_of(server, LOGS, headers) == status


def test_events_come_as_an_event_stream_and_on_a_web_socket(server):
    stream = EventClient(server.port, "/api/events", AUTHORIZED)
    with stream, WebSocketClient(server.port, "/ws/events", AUTHORIZED) as on_socket:
        assert stream.status == 200 and "text/event-stream" in stream.head
        assert "chunked" not in stream.head and stream.next()[:2] == ("connected", {"resumed": False})
        assert on_socket.next()["type"] == "connected"
        queued = server.post("/api/run/testing").json()
        name, fields, position = next(event for event in iter(stream.next, None) if event[0] != "ping")
        assert (name, fields["id"], fields["mode"]) == ("run_queued", queued["run_id"], "testing")
        told = next(message for message in on_socket.messages() if message["type"] != "ping")
        assert told["event_id"] == position and told["id"] == fields["id"]
    assert requests.head(f"{server.address}/api/events", headers=AUTHORIZED, timeout=10).ok
    with EventClient(server.port, "/api/events") as anonymous:
        assert anonymous.status == 401


def test_a_stream_ends_when_its_key_is_revoked(server):
    key = server.post("/api/auth/keys", json={"name": "page", "scopes": ["read"]}).json()
    with WebSocketClient(server.port, LOGS, {"X-API-Key": key["key"]}) as client:
        write(server, "one\n")
        assert next_line(client) == "one"
        requests.delete(f"{server.address}/api/auth/keys/{key['id']}", headers=AUTHORIZED, timeout=10)
        *_, end = client.messages()
        assert end == 1008


def test_a_server_that_speaks_tls_itself_keeps_streams_too(tmp_path):
    authority, tls = trustme.CA(), ssl.create_default_context()
    authority.configure_trust(tls)
    certificate = tmp_path / "server.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)
    command = (*GUNICORN, "--certfile", certificate, "--keyfile", certificate)
    server = RunningServer(tmp_path / "data", command=command)
    server.start()
    try:
        server.line_with("Posterizarr Server answers", seconds=30)
        with WebSocketClient(server.port, LOGS, AUTHORIZED, tls=tls) as client:
            assert client.status == 101
            (tmp_path / "data" / "Logs" / "Scriptlog.log").write_text("one\n")
            assert next_line(client) == "one"
    finally:
        server.stop()


def test_the_end_of_the_server_ends_its_streams_at_once(server):
    """The last test, since it takes the others' server."""
    with WebSocketClient(server.port, LOGS, AUTHORIZED) as client:
        assert server.stop() == 0
        *_, end = client.messages()
        assert end == 1006
    assert "Traceback" not in server.output
