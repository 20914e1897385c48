"""Answers about artwork, each built once for every state of the index and then sent as it is."""

import json
import threading
from collections.abc import Callable, Hashable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple, cast

from flask import Flask, Response, current_app, request
from sqlalchemy.orm import Session

from app.api.system_readers import system_readers
from app.core.assets.register import Mark, marks
from app.database import Database
from app.extensions import Machine, machine

# A body beyond this is built again rather than kept.
LARGEST_KEPT = 16 * 1024 * 1024
PART = 500

Build = Callable[[Session, int | None], dict[str, Any]]


class Answer(NamedTuple):
    """A body as it was built for a state of the index."""

    state: tuple
    body: bytes
    tag: str


class AssetAnswers:
    """The answers that one process keeps."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.locks: dict[str, threading.Lock] = {}
        self.kept: dict[str, Answer] = {}

    def mark(self, root: str) -> Mark | None:
        """The state of the root's index, None before there is one for the configured folder."""
        known = system_readers().answer_cache.answer("asset roots", self.marks).get(root)
        return known if known and known.path == str(self.machine.roots.path(root)) else None

    def root_id(self, root: str) -> int | None:
        mark = self.mark(root)
        return mark.id if mark else None

    def marks(self) -> dict[str, Mark]:
        with self.machine.database.reading() as session:
            return marks(session)

    def answer(self, key: str, root: str, build: Build, also: tuple = ()) -> Answer:
        """The answer under a key, built anew when the root's index has changed, or what else it tells of."""
        mark = self.mark(root)
        state = (mark.id, mark.version, mark.scanned_at is None, *also) if mark else also
        kept = self.kept.get(key)
        if kept and kept.state == state:
            return kept
        with self.locks.setdefault(key, threading.Lock()):
            kept = self.kept.get(key)
            return kept if kept and kept.state == state else self.built(key, state, mark, build)

    def built(self, key: str, state: tuple, mark: Mark | None, build: Build) -> Answer:
        with self.machine.database.reading() as session:
            content = build(session, mark.id if mark else None)
        shown = {**content, "scanning": mark is None or mark.scanned_at is None}
        body = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
        answer = Answer(state, body, blake2b(body, digest_size=12).hexdigest())
        if len(body) <= LARGEST_KEPT:
            self.kept[key] = answer
        return answer


def init_app(app: Flask) -> None:
    app.extensions["asset_answers"] = AssetAnswers(app.extensions["machine"])


def asset_answers() -> AssetAnswers:
    return cast(AssetAnswers, current_app.extensions["asset_answers"])


def root_id(root: str = "assets") -> int | None:
    """The id under which a root is indexed, None before it is."""
    return asset_answers().root_id(root)


def streamed(name: str, found: Callable[[Session], Iterator[dict]]) -> Response:
    """A list of any length under a name, sent while it is read."""
    return Response(list_parts(machine().database, name, found), mimetype="application/json")


def list_parts(database: Database, name: str, found: Callable[[Session], Iterator[dict]]) -> Iterator[str]:
    start = f'{{"{name}":['
    with database.reading() as session:
        items = found(session)
        while part := list(islice(items, PART)):
            yield start + ",".join(json.dumps(item, ensure_ascii=False) for item in part)
            start = ","
    yield "]}" if start == "," else f"{start}]}}"


def kept_answer(root: str, build: Build, *also: Hashable) -> Response:
    """Send what the function returns for the root's index; 304 for a client that has it already.

    What the answer tells beside the index is named by `also`, which changes with it.
    """
    answer = asset_answers().answer(build.__name__, root, build, also)
    response = Response(answer.body, mimetype="application/json")
    response.set_etag(answer.tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
