"""A server on 127.0.0.1 that answers from a function, and can be told to misbehave."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body go out as two packets; the second must not wait for the receipt of the first.
    disable_nagle_algorithm = True
    body = b""

    def do_GET(self):
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append((parts.path, query, dict(self.headers)))
        if self.server.trouble:
            self.server.trouble(self)
            return
        status, body = self.server.answer(parts.path, query, self.headers)
        self.send(status, body.encode())

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if self.server.stops_reading(self, length):
            return
        self.body = self.rfile.read(length)
        self.do_GET()

    do_PUT = do_DELETE = do_POST

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Loopback(ThreadingHTTPServer):
    """`asked` holds (path, query, headers) of each request; `trouble` may answer in its place."""

    daemon_threads = True
    trouble = None

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.released = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def stops_reading(self, handler, length):
        """Whether a request was answered, or cut, without its body."""
        return False

    def handle_error(self, request, client_address):
        """A client that goes away in the middle is what some tests are about."""


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def refusing(handler):
    handler.send(401, b"<html><head><title>Unauthorized</title></head></html>")


def breaking(handler):
    handler.send(500, b"oh")


def hanging(handler):
    handler.server.released.wait(30)
    handler.close_connection = True  # else the thread waits for a further request, and the end for the thread


def dripping(handler):
    """The first line of an answer, and then one header that never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    handler.close_connection = True
    while not handler.server.released.wait(0.05):
        handler.wfile.write(b"x")


def redirecting(handler):
    handler.send(302, Location="http://127.0.0.1:9/elsewhere")


def flooding(handler, letter=b"<"):
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while not handler.server.released.is_set():
        handler.wfile.write(letter * 65536)


def babbling(handler):
    handler.send(200, b"neither XML nor JSON {")


def explosive(handler):
    handler.send(
        200, b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><MediaContainer>&b;</MediaContainer>'
    )
