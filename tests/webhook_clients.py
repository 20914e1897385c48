"""Speaks HTTP as Sonarr, Radarr and Tautulli do, byte by byte where it matters."""

import socket
from base64 import b64encode
from dataclasses import dataclass
from http.client import HTTPResponse
from json import loads

SONARR = "Sonarr/4.0.19.2979 (alpine 3.22.1)"
RADARR = "Radarr/6.0.4.10291 (windows 10.0.26100)"


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return loads(self.body)


def arr_request(target, body, host, agent=SONARR, method="POST", **headers):
    """The bytes of one request: never chunked, never kept alive, and no charset."""
    told = {
        "Host": host,
        "User-Agent": agent,
        "Accept": "application/json",
        "Accept-Encoding": "gzip, br",
        "Connection": "close",
        "Content-Type": "application/json",
        "Content-Length": len(body),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def basic(user, password):
    """Credentials as those programs encode them."""
    return "Basic " + b64encode(f"{user}:{password}".encode("iso-8859-1")).decode()


def exchange(port, request, seconds=10, gives_up=False):
    """Send the bytes and read the answer to its end; whoever gives up sends no more than these."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(request)
        if gives_up:
            connection.shutdown(socket.SHUT_WR)
        response = HTTPResponse(connection)
        response.begin()
        return Answer(response.status, dict(response.getheaders()), response.read())
