"""A client of web sockets and one of event streams, over plain sockets."""

import base64
import json
import os
import socket

from wsproto.connection import Connection, ConnectionType
from wsproto.events import CloseConnection, Message, Ping, TextMessage

SECONDS = 15


class Dial:
    """A connection to a server on this machine that has sent its request and read the head of the answer."""

    def __init__(self, port, target, headers=(), tls=None):
        self.client = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        if tls:
            self.client = tls.wrap_socket(self.client, server_hostname="localhost")
        fields = {"Host": "localhost", **dict(headers)}
        lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
        self.client.sendall("\r\n".join((*lines, "", "")).encode())
        self.received = b""
        self.head = self.read_to(b"\r\n\r\n").decode("latin-1")
        self.status = int(self.head.split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.client.close()

    def more(self):
        """The next bytes; none at the end of the connection."""
        try:
            return self.client.recv(65536)
        except ConnectionResetError:
            return b""

    def read_to(self, mark):
        while mark not in self.received:
            piece = self.more()
            assert piece, f"The connection ended after {self.received!r}"
            self.received += piece
        found, _, self.received = self.received.partition(mark)
        return found


class WebSocketClient(Dial):
    """A web socket; `headers` are those of the handshake beside its own."""

    def __init__(self, port, target, headers=(), version="13", tls=None):
        nonce = base64.b64encode(os.urandom(16)).decode()
        handshake = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": version}
        handshake["Sec-WebSocket-Key"] = nonce
        super().__init__(port, target, {**handshake, **dict(headers)}, tls)
        self.frames = Connection(ConnectionType.CLIENT, trailing_data=self.received)
        self.pings = 0

    def messages(self):
        """The messages that come, and at last the code of the end: 1006 for an unclean one."""
        while True:
            for event in self.frames.events():
                if isinstance(event, Ping):
                    self.pings += 1
                    self.client.sendall(self.frames.send(event.response()))
                elif isinstance(event, TextMessage):
                    yield json.loads(event.data)
                elif isinstance(event, CloseConnection):
                    yield event.code
                    return
            self.frames.receive_data(self.more() or None)

    def next(self):
        return next(self.messages())

    def send(self, event: Message) -> None:
        self.client.sendall(self.frames.send(event))


class EventClient(Dial):
    """An event stream; events come as (name, fields, id)."""

    def next(self):
        while True:
            lines = self.read_to(b"\n\n").decode().splitlines()
            found = dict(line.split(": ", 1) for line in lines if ": " in line)
            if "event" in found:
                return found["event"], json.loads(found["data"]), found.get("id")
