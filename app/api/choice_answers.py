"""Responses about image choices; the long ones are built once for every state of their data."""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

from flask import Flask, Response, request
from sqlalchemy.orm import Session

from app.api.asset_answers import asset_answers
from app.api.kept_bodies import KeptBodies, response_of
from app.core.choices.artwork import Tree
from app.core.choices.documents import choice_list_parts, overview_parts
from app.core.choices.overview import OverviewSelection, category_settings, overview_page
from app.core.choices.rules import CategoryRules, configured_rules
from app.core.choices.showing import Showing
from app.core.choices.spool import Spool, spooled
from app.core.choices.state import ChoicesState, current_state, grades
from app.core.config_file import truthy
from app.core.errors import Unavailable, reason_of
from app.core.state_cache import StateCache
from app.extensions import Extension, Machine, machine
from app.services.system_readers import system_readers

PAGES_ROOM = 8 * 1024 * 1024

# The overview and the list.
MOST_DOCUMENTS = 2

Write = Callable[[Session], Iterator[bytes]]


class ChoiceAnswers:
    """What one process knows about the choices, and the long answers that it keeps."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.documents = StateCache(MOST_DOCUMENTS)
        self.pages = KeptBodies(PAGES_ROOM)

    def state(self) -> ChoicesState:
        return system_readers().answer_cache.answer("choice state", self.read_state)

    def read_state(self) -> ChoicesState:
        with self.machine.database.reading() as session:
            return current_state(session)

    def rules(self) -> CategoryRules:
        return configured_rules(self.machine.config)

    def tree(self) -> Tree:
        mark = asset_answers().mark("assets")
        has_folders = truthy(self.machine.config.setting("PrerequisitePart", "LibraryFolders", True))
        return Tree(mark.id if mark else None, not has_folders)

    def showing(self) -> Showing:
        return Showing(system_readers().zone, self.tree(), system_readers().picture_states.by_path().states)

    def overview(self) -> Response:
        """The whole overview."""
        state, rules, showing = self.state(), self.rules(), self.showing()
        key = self.overview_state(showing.tree)
        folder = self.machine.paths.database
        return self.sent(
            "overview",
            key,
            lambda session: overview_parts(session, showing, grades(state, rules), rules, folder),
        )

    def overview_state(self, tree: Tree) -> tuple:
        """What the overview follows from: choices, settings, the index of artwork, and its states."""
        mark = asset_answers().mark("assets")
        digest = system_readers().picture_states.by_path().digest
        pictures = mark and (mark.version, asset_answers().catalogue_version())
        return self.state().version, str(self.rules()), tree, pictures, digest

    def overview_page(self, selection: OverviewSelection) -> Response:
        """Some rows of the overview, and the counts of all categories."""
        state = self.overview_state(self.tree())
        return response_of(self.pages.body("overview", selection, state, lambda: self.built_page(selection)))

    def built_page(self, selection: OverviewSelection) -> dict[str, Any]:
        rules = self.rules()
        with self.machine.database.reading() as session:
            found = overview_page(session, self.showing(), grades(self.state(), rules), selection)
        return found | {"config": category_settings(rules)}

    def everything(self) -> Response:
        """The list of all choices."""
        showing = Showing(system_readers().zone)
        return self.sent("list", (self.state().version,), lambda session: choice_list_parts(session, showing))

    def sent(self, name: str, state: tuple, write: Write) -> Response:
        """The document, or the word that the client has it already."""
        tag = blake2b(repr((name, state, str(system_readers().zone))).encode(), digest_size=12).hexdigest()
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
        else:
            response = spool_response(self.document(name, tag, write))
        # Weak, since the same document is sent packed and plain.
        response.set_etag(tag, weak=True)
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Accept-Encoding")
        return response

    def document(self, name: str, tag: str, write: Write) -> Spool:
        return self.documents.built(name, lambda: self.spooled(write), tag)

    def spooled(self, write: Write) -> Spool:
        try:
            with self.machine.database.reading() as session:
                return spooled(self.machine.paths.database, write(session))
        except OSError as error:
            raise Unavailable(f"The response cannot be assembled on the disk: {reason_of(error)}.") from error


def spool_response(spool: Spool) -> Response:
    """The text, packed if the client can read that."""
    is_packed = request.accept_encodings["gzip"] > 0
    response = Response(spool.packed() if is_packed else spool.plain(), mimetype="application/json")
    response.content_length = spool.packed_length if is_packed else spool.length
    if is_packed:
        response.content_encoding = "gzip"
    return response


choice_answers = Extension[ChoiceAnswers]("choice_answers")


def init_app(app: Flask) -> None:
    choice_answers.attach(app, ChoiceAnswers(machine.of(app)))
