"""Sockets that are kept open: written to, read from, and closed when their time has come."""

import json
import socket
from contextlib import suppress
from itertools import islice

import pytest
from wsproto.connection import Connection, ConnectionType
from wsproto.events import CloseConnection, Ping, TextMessage

from app.background import open_stream, stream_thread
from app.background.live_streams import LiveStreams
from app.background.stream_watch import StreamWatch
from app.core.live.channels import EventChannel, WebSocketChannel
from app.core.live.takeover import SocketTaken, WantedStream
from tests.driving import eventually, queue

LOG = "Scriptlog.log"


class Client:
    """The far end of a stream of a log."""

    def __init__(self, streams, channel, is_admitted=lambda: True, received=b"", **details):
        near, self.far = socket.socketpair()
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.far.settimeout(15)
        place = streams.machine.stream_places.take("192.0.2.1")
        details = details or {"subject": "logs", "log_name": LOG}
        wanted = WantedStream(channel=channel, place=place, is_admitted=is_admitted, **details)
        streams.adopt(near, SocketTaken(wanted, b"HEAD\r\n\r\n"), received)
        assert self.far.recv(8) == b"HEAD\r\n\r\n"

    def read_all(self):
        """All bytes until the server closes."""
        found = b""
        with suppress(ConnectionResetError):
            while piece := self.far.recv(65536):
                found += piece
        return found


class WebSocket(Client):
    def __init__(self, streams, **options):
        super().__init__(streams, WebSocketChannel(), **options)
        self.frames = Connection(ConnectionType.CLIENT)

    def events(self):
        """The events until the end of the connection."""
        while True:
            for event in self.frames.events():
                yield event
                if isinstance(event, CloseConnection):
                    return
            self.frames.receive_data(self.far.recv(65536) or None)


@pytest.fixture
def streams(machine, monkeypatch):
    monkeypatch.setattr(stream_thread, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(open_stream, "CLOSE_SECONDS", 0.1)
    monkeypatch.setattr(StreamWatch, "pause_seconds", 0.01)
    streams = LiveStreams(machine)
    streams.open()
    yield streams
    streams.stop()
    assert not machine.stream_places.taken


@pytest.fixture
def client(streams):
    clients = []

    def make(kind=WebSocket, *args, **options):
        clients.append(kind(streams, *args, **options))
        return clients[-1]

    yield make
    for one in clients:
        one.far.close()


def is_free(machine):
    return not machine.stream_places.taken


def write(machine, text):
    with (machine.paths.logs / LOG).open("a") as file:
        file.write(text)


def test_both_kinds_of_streams_get_the_lines(machine, client):
    a_socket, events = client(), client(Client, EventChannel())
    assert events.far.recv(100) == b"retry: 2000\n\n"
    write(machine, "one\n")
    assert next(a_socket.events()).data == '{"type":"log","content":"one"}'
    assert events.far.recv(100) == b'event: log\ndata: {"content":"one"}\n\n'


def test_a_client_that_leaves_gives_its_place_back(machine, client):
    leaving, gone, kept = client(), client(), client()
    leaving.far.sendall(leaving.frames.send(CloseConnection(1000)))
    assert [event.code for event in leaving.events()] == [1000]
    assert leaving.far.recv(1) == b""
    leaving.far.close()
    gone.far.close()
    eventually(lambda: machine.stream_places.taken.total() == 1)
    write(machine, "one\n")
    assert isinstance(next(kept.events()), TextMessage)


def test_what_a_client_says_behind_its_request_is_heard(client):
    early = Connection(ConnectionType.CLIENT).send(Ping(b"early"))
    assert next(client(received=early).events()).payload == b"early"


def test_an_idle_stream_is_pinged(client, monkeypatch):
    monkeypatch.setattr(stream_thread, "KEEP_ALIVE_SECONDS", 0.05)
    assert isinstance(next(client().events()), Ping)


def test_a_slow_client_is_ended_and_a_quick_one_is_not_held_up(machine, client, monkeypatch):
    monkeypatch.setattr(open_stream, "MOST_BUFFERED", 50_000)
    slow, quick = client(), client()
    text = f"{'x' * 999}\n"
    for _ in range(8):
        write(machine, text * 10)
        assert len([next(quick.events()) for _ in range(10)]) == 10
    *lines, last = slow.events()
    assert (last.code, last.reason) == (1013, "The client reads too slowly.")
    assert lines and {event.data for event in lines} == {f'{{"type":"log","content":"{"x" * 999}"}}'}


def test_a_client_that_reads_nothing_at_all_is_let_go(machine, client, monkeypatch):
    monkeypatch.setattr(open_stream, "UNREAD_SECONDS", 0.05)
    client()
    write(machine, f"{'x' * 999}\n" * 100)
    eventually(lambda: is_free(machine))


def test_a_stream_ends_with_its_credentials(machine, client):
    valid = [True]
    a_socket, other = client(is_admitted=lambda: valid[0]), client()
    events = client(Client, EventChannel(), is_admitted=lambda: valid[0])
    valid.clear()
    valid.append(False)
    assert [event.code for event in a_socket.events()] == [1008]
    assert events.read_all().startswith(b'retry: 2000\n\nevent: closing\ndata: {"code":1008,')
    eventually(lambda: machine.stream_places.taken.total() == 1)
    write(machine, "one\n")
    assert isinstance(next(other.events()), TextMessage)


def test_stopping_closes_without_a_goodbye_so_that_the_existing_page_connects_again(streams, client):
    stopped = client()
    streams.stop()
    assert [event.code for event in stopped.events()] == [1006]


def test_a_fault_ends_all_streams_and_the_next_one_is_served(machine, streams, client, monkeypatch):
    monkeypatch.setattr("threading.excepthook", lambda ended: None)
    broken = client()
    streams.thread.call(lambda: 1 // 0)
    assert broken.read_all() == b""
    eventually(lambda: streams.thread.has_ended and is_free(machine))
    write(machine, "old\n")
    fresh = client()
    write(machine, "one\n")
    assert "one" in next(fresh.events()).data


def told(events, count):
    """The next messages of a web socket, those that only show that it is alive aside."""
    messages = (json.loads(event.data) for event in events)
    return list(islice((message for message in messages if message["type"] != "ping"), count))


def test_events_are_sent_to_those_who_ask_for_them_and_resumed(machine, client):
    log, first = client(), client(subject="events")
    events = first.events()
    [connected] = told(events, 1)
    number = queue(machine)
    [queued] = told(events, 1)
    assert (queued["type"], queued["id"], queued["status"]) == ("run_queued", number, "queued")
    first.far.close()
    back = client(subject="events", last_id=connected["event_id"])
    assert [message["type"] for message in told(back.events(), 2)] == ["connected", "run_queued"]
    write(machine, "one\n")
    assert told(log.events(), 1) == [{"type": "log", "content": "one"}]
