"""A server of releases that behaves as badly as it is told to."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RELEASES = [
    {
        "tag_name": "9.9.9",
        "name": "Nine",
        "published_at": "2025-11-21T11:00:57Z",
        "html_url": "https://x.example",
    }
]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.requests.append(dict(self.headers))
        self.server.behaviour(self)

    def log_message(self, *args):
        pass

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def good(handler):
    handler.send(
        200, json.dumps(RELEASES).encode(), ETag='"one"', Last_Modified="Fri, 21 Nov 2025 11:00:57 GMT"
    )


def unchanged(handler):
    if handler.headers.get("If-None-Match") == '"one"':
        handler.send(304, ETag='"one"')
    else:
        good(handler)


def answering(status, body=b"", **headers):
    return lambda handler: handler.send(status, body, **headers)


def hanging(handler):
    handler.server.released.wait(30)


def dripping(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.released.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def flooding(handler):
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while not handler.server.released.is_set():
        handler.wfile.write(b"[" * 65536)


def redirecting_for_ever(handler):
    handler.send(302, Location=handler.path + "x")


def breaking_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'[{"tag_name":')
    handler.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behaviour):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.requests = []
        self.released = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/releases"

    def handle_error(self, request, client_address):
        """A client that goes away in the middle is what these tests are about."""


@contextmanager
def release_server(behaviour):
    server = Server(behaviour)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
