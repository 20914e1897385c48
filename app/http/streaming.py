"""Responses that never end: the view authorizes the stream, and a thread of the worker keeps its socket."""

import base64
import binascii
from collections.abc import Callable, Iterator
from http import HTTPStatus

from flask import Response, request
from werkzeug.datastructures import Headers
from wsproto.utilities import generate_accept_token

from app.core.errors import Invalid
from app.core.live.channels import Channel, EventChannel, WebSocketChannel
from app.core.live.takeover import SocketTaken, Subject, WantedStream
from app.extensions import machine
from app.http import security
from app.http.errors import error_response

WEB_SOCKET_VERSION = "13"
NONCE_BYTES = 16
EVENT_STREAM = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "Connection": "close",
    # For an nginx whose configuration does not say so.
    "X-Accel-Buffering": "no",
}


class StreamResponse(Response):
    """The head of a stream; iterating over its body hands the socket on."""

    def __init__(self, stream: WantedStream, status: int, headers: dict[str, str]):
        super().__init__(status=status)
        self.headers = Headers(headers)
        self.stream = stream

    def __call__(self, environ: dict, start_response: Callable) -> "SocketHandOver":
        headers = self.headers.to_wsgi_list()
        start_response(self.status, headers)
        return SocketHandOver(self.stream, head_of(self.status_code, headers))


class SocketHandOver:
    """The body of a stream's response, which gunicorn iterates over before it has sent anything."""

    def __init__(self, stream: WantedStream, head: bytes):
        self.stream = stream
        self.head = head
        self.is_taken = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self.is_taken = True
        raise SocketTaken(self.stream, self.head)

    def close(self) -> None:
        """The end of the request; a stream that was not taken over gives its place back."""
        if not self.is_taken:
            self.stream.place.give_back()


def head_of(status: int, headers: list[tuple[str, str]]) -> bytes:
    lines = (f"{name}: {value}" for name, value in headers)
    return "\r\n".join((f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *lines, "", "")).encode("latin-1")


def open_web_socket(subject: Subject, **details: str | None) -> Response:
    """Accept the handshake of a web socket; 426 for a version that is unknown."""
    if request.headers.get("Sec-WebSocket-Version") != WEB_SOCKET_VERSION:
        advice = {"Sec-WebSocket-Version": WEB_SOCKET_VERSION, "Upgrade": "websocket"}
        return error_response(426, f"The version of web sockets has to be {WEB_SOCKET_VERSION}.", advice)
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Accept": accept_token()}
    return StreamResponse(wanted_stream(subject, WebSocketChannel(), details), 101, headers)


def accept_token() -> str:
    key = request.headers.get("Sec-WebSocket-Key", "")
    try:
        nonce = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        nonce = b""
    is_new_enough = request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"
    if len(nonce) != NONCE_BYTES or request.method != "GET" or not is_new_enough:
        raise Invalid("This is no handshake of a web socket.")
    return generate_accept_token(key.encode()).decode()


def open_event_stream(subject: Subject, **details: str | None) -> Response:
    """Begin an event stream; a HEAD request gets its headers only."""
    stream = wanted_stream(subject, EventChannel(), details)
    if request.method == "HEAD":
        stream.place.give_back()
        return Response(headers=EVENT_STREAM)
    return StreamResponse(stream, 200, EVENT_STREAM)


def wanted_stream(subject: Subject, channel: Channel, details: dict[str, str | None]) -> WantedStream:
    """A stream of this request's caller, with a place that is taken."""
    is_admitted = security.admission()
    place = machine().stream_places.take(request.remote_addr)
    return WantedStream(subject, channel, place, is_admitted, **details)
