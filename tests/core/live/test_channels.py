"""Messages become frames or events, and what clients send is answered as the protocol wants it."""

import json

import pytest
from wsproto.connection import Connection, ConnectionType
from wsproto.events import CloseConnection, Ping, Pong, TextMessage

from app.core.live.channels import MOST_RECEIVED, Close, EventChannel, WebSocketChannel
from app.core.live.message import StreamMessage

LINE = StreamMessage("log", {"content": 'two\nlines, "quoted" \N{SNOWMAN} \ud800'}, id="7")


class Peer:
    """The client's side of a web socket."""

    def __init__(self):
        self.channel = WebSocketChannel()
        self.frames = Connection(ConnectionType.CLIENT)

    def say(self, *events):
        self.hear(self.channel.receive(b"".join(self.frames.send(event) for event in events)))
        return self

    def hear(self, data):
        self.frames.receive_data(data)
        return self

    @property
    def heard(self):
        return list(self.frames.events())


def test_a_message_is_one_text_frame():
    [event] = Peer().hear(WebSocketChannel().encode(LINE)).heard
    assert isinstance(event, TextMessage) and event.message_finished
    assert json.loads(event.data) == {"type": "log", "event_id": "7", **LINE.fields}


def test_a_message_is_one_event_whose_data_is_one_line():
    lines = EventChannel().encode(LINE).decode().split("\n")
    assert lines[:2] == ["id: 7", "event: log"] and lines[3:] == ["", ""]
    assert json.loads(lines[2].removeprefix("data: ")) == LINE.fields
    assert EventChannel().encode(StreamMessage("ping")) == b"event: ping\ndata: {}\n\n"


def test_a_ping_is_answered_and_a_message_is_dropped():
    assert Peer().say(TextMessage("hello"), Ping(b"abc")).heard == [Pong(b"abc")]


def test_a_client_that_closes_is_answered_once():
    peer = Peer().say(CloseConnection(1000, "bye"))
    assert peer.channel.has_ended and peer.heard == [CloseConnection(1000, "bye")]
    assert peer.channel.keep_alive() == peer.channel.closing(Close.REFUSED, "late") == b""
    assert peer.channel.receive(b"more") == b""


def test_a_server_that_closes_says_why_and_hears_the_answer():
    peer = Peer()
    [event] = peer.hear(peer.channel.closing(Close.REFUSED, "The key is revoked.")).heard
    assert event == CloseConnection(1008, "The key is revoked.")
    assert peer.channel.receive(peer.frames.send(event.response())) == b"" and peer.channel.has_ended


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 1002),
        (b"\x81\x02ab", 1002),  # without a mask
        (b"\x81\x82\0\0\0\0\xff\xff", 1007),  # no UTF-8
        (b"\x82" + b"\xfe\xff\xff" + bytes(4 + 65535) + bytes(MOST_RECEIVED), 1009),
    ],
)
@pytest.mark.parametrize("said_goodbye", [False, True])
def test_nonsense_ends_the_stream(data, code, said_goodbye):
    peer = Peer()
    before = peer.channel.closing(Close.TOO_SLOW, "") if said_goodbye else b""
    peer.hear(before + peer.channel.receive(data))
    assert peer.channel.has_ended
    assert [event.code for event in peer.heard] == [1013 if said_goodbye else code]


def test_an_idle_stream_shows_that_it_is_alive():
    assert Peer().hear(WebSocketChannel().keep_alive()).heard == [Ping()]
    assert EventChannel().keep_alive() == b":\n\n"
