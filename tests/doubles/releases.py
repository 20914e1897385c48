"""A server of releases that behaves as badly as it is told to."""

import json
import time

from tests.doubles import loopback
from tests.doubles.loopback import Loopback, serving

RELEASES = [
    {
        "tag_name": "9.9.9",
        "name": "Nine",
        "published_at": "2025-11-21T11:00:57Z",
        "html_url": "https://x.example",
    }
]


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


def dripping(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.released.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def flooding(handler):
    loopback.flooding(handler, b"[")


def redirecting_for_ever(handler):
    handler.send(302, Location=handler.path + "x")


def breaking_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'[{"tag_name":')
    handler.close_connection = True


class ReleaseServer(Loopback):
    """`behaviour` answers every request; `requests` holds the headers of each."""

    def __init__(self, behaviour):
        super().__init__()
        self.behaviour = behaviour

    def trouble(self, handler):
        self.behaviour(handler)

    @property
    def requests(self):
        return [headers for _, _, headers in self.asked]

    @property
    def url(self):
        return f"{super().url}/releases"


def release_server(behaviour):
    return serving(ReleaseServer(behaviour))
