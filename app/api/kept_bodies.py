"""JSON bodies that are built once for every state of what they show."""

import json
import threading
from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import Any, NamedTuple

from cachetools import LRUCache
from flask import Response, request

ROOM = 16 * 1024 * 1024


class Body(NamedTuple):
    """A body as it was built for a state, and its entity tag."""

    state: Hashable
    content: bytes
    tag: str


class KeptBodies:
    """Bodies by name and page, at most `room` bytes of them; the least recently used leave first."""

    def __init__(self, room: int = ROOM):
        self.gate = threading.Lock()
        self.kept: LRUCache[Hashable, Body] = LRUCache(room, getsizeof=lambda body: len(body.content))
        self.building: dict[str, threading.Lock] = {}

    def body(self, name: str, page: Hashable, state: Hashable, build: Callable[[], dict[str, Any]]) -> Body:
        """Return the page of a name for this state; concurrent callers wait for the one that builds it."""
        found = self.known(name, page, state)
        if found:
            return found
        with self.gate:
            building = self.building.setdefault(name, threading.Lock())
        with building:
            return self.known(name, page, state) or self.built(name, page, state, build)

    def known(self, name: str, page: Hashable, state: Hashable) -> Body | None:
        with self.gate:
            body = self.kept.get((name, page))
        return body if body and body.state == state else None

    def built(self, name: str, page: Hashable, state: Hashable, build: Callable[[], dict[str, Any]]) -> Body:
        content = json.dumps(build(), ensure_ascii=False, separators=(",", ":")).encode()
        body = Body(state, content, blake2b(content, digest_size=12).hexdigest())
        if len(content) <= self.kept.maxsize:
            with self.gate:
                self.kept[name, page] = body
        return body


def response_of(body: Body) -> Response:
    """Return the body, or 304 to a client that has it already."""
    response = Response(body.content, mimetype="application/json")
    response.set_etag(body.tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
