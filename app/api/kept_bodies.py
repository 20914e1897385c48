"""JSON bodies that are built once for every state of what they show."""

import json
from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import Any, NamedTuple

from flask import Response, request

from app.core.state_cache import StateCache

ROOM = 16 * 1024 * 1024


class Body(NamedTuple):
    """A body and its entity tag."""

    content: bytes
    tag: str


class KeptBodies:
    """Bodies by name and page, at most `room` bytes of them; the least recently used are dropped."""

    def __init__(self, room: int = ROOM):
        self.cache = StateCache(room, size=lambda body: len(body.content))

    def body(self, name: str, page: Hashable, state: Hashable, build: Callable[[], dict[str, Any]]) -> Body:
        """Return the page of a name for this state; concurrent callers wait for the one that builds it."""
        return self.cache.built((name, page), lambda: dumped_body(build()), state)


def dumped_body(content: dict[str, Any]) -> Body:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Body(text, blake2b(text, digest_size=12).hexdigest())


def response_of(body: Body) -> Response:
    """Return the body, or 304 to a client that has it already."""
    response = Response(body.content, mimetype="application/json")
    response.set_etag(body.tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
