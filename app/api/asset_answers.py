"""Answers about artwork, each built once for every state of the index and then sent as it is."""

import json
from collections.abc import Callable, Hashable, Iterator
from itertools import islice
from typing import Any

from flask import Flask, Response
from sqlalchemy.orm import Session

from app.api.kept_bodies import Body, KeptBodies, response_of
from app.core.assets.register import RootMark, marks
from app.core.catalogue.table import source_state
from app.database import Database
from app.extensions import Extension, Machine, machine
from app.services.system_readers import system_readers

PART = 500

Build = Callable[[Session, int | None], dict[str, Any]]


class AssetAnswers:
    """The answers that one process keeps."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.bodies = KeptBodies()

    def mark(self, root: str) -> RootMark | None:
        """The state of the root's index, None before there is one for the configured folder."""
        known = system_readers().answer_cache.answer("asset roots", self.marks).get(root)
        return known if known and known.path == str(self.machine.roots.path(root)) else None

    def root_id(self, root: str) -> int | None:
        mark = self.mark(root)
        return mark.id if mark else None

    def marks(self) -> dict[str, RootMark]:
        with self.machine.database.reading() as session:
            return marks(session)

    def catalogue_version(self) -> int:
        return system_readers().answer_cache.answer("catalogue", self.read_catalogue_version)

    def read_catalogue_version(self) -> int:
        with self.machine.database.reading() as session:
            return source_state(session).version

    def body(self, name: str, root: str, build: Build, page: Hashable, also: Hashable) -> Body:
        """Return a page of what is named, built anew when the root's index or `also` has changed."""
        mark, also = self.mark(root), (self.catalogue_version(), also)
        state = (mark.id, mark.version, mark.scanned_at is None, also) if mark else also
        return self.bodies.body(name, page, state, lambda: self.built(mark, build))

    def built(self, mark: RootMark | None, build: Build) -> dict[str, Any]:
        with self.machine.database.reading() as session:
            content = build(session, mark.id if mark else None)
        is_scanning = content.get("scanning") or mark is None or mark.scanned_at is None
        return {**content, "scanning": is_scanning}


asset_answers = Extension[AssetAnswers]("asset_answers")


def init_app(app: Flask) -> None:
    asset_answers.attach(app, AssetAnswers(machine.of(app)))


def root_id(root: str = "assets") -> int | None:
    """The id under which a root is indexed, None before it is."""
    return asset_answers().root_id(root)


def streamed(name: str, found: Callable[[Session], Iterator[dict]]) -> Response:
    """A list of any length under a name, sent while it is read."""
    return Response(streamed_parts(machine().database, name, found), mimetype="application/json")


def streamed_parts(
    database: Database, name: str, found: Callable[[Session], Iterator[dict]]
) -> Iterator[str]:
    start = f'{{"{name}":['
    with database.reading() as session:
        items = found(session)
        while part := list(islice(items, PART)):
            yield start + ",".join(json.dumps(item, ensure_ascii=False) for item in part)
            start = ","
    yield "]}" if start == "," else f"{start}]}}"


def kept_answer(name: str, root: str, build: Build, page: Hashable = None, also: Hashable = None) -> Response:
    """Return what the function builds for the root's index; 304 for a client that has it already.

    What the answer shows beside the index is named by `also`, which changes with it.
    """
    return response_of(asset_answers().body(name, root, build, page, also))
