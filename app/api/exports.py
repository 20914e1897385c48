"""What the script exported of the media server: Plex, and Jellyfin or Emby."""

from collections.abc import Callable

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.export_answers import import_answer, listing_answer
from app.api.schemas.exports import (
    EpisodesSchema,
    ExportImportSchema,
    ExportQuery,
    ExportRunsSchema,
    ExportStatisticsSchema,
    LibrarySchema,
)
from app.core.exports import queries
from app.core.exports.sheets import EPISODES, LIBRARIES, OTHER, PLEX
from app.extensions import machine
from app.http.security import requires
from app.services.export_imports import import_exports_now

ADDRESSES = {PLEX: "/plex-export", OTHER: "/other-media-export"}
AS_CSV = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}

blueprint = ApiBlueprint("exports", __name__, description="What the script exported of the media server.")


def for_each_kind(method: Callable, name: str) -> Callable:
    """Register a view once for each kind of media server, which it gets as `kind`."""

    def register(view: Callable) -> Callable:
        for kind, address in ADDRESSES.items():
            view = method(f"{address}/{name}", endpoint=f"{kind}_{name}", defaults={"kind": kind})(view)
        return view

    return register


def lists_rows(name: str, schema: type) -> Callable:
    """Register a view that answers rows of one export, as JSON or as a file like the script's own."""

    def register(view: Callable) -> Callable:
        answering = blueprint.response(200, schema)(blueprint.doc(responses=AS_CSV)(requires("read")(view)))
        asking = blueprint.arguments(ExportQuery, location="query")(answering)
        return for_each_kind(blueprint.get, name)(asking)

    return register


@for_each_kind(blueprint.get, "statistics")
@blueprint.response(200, ExportStatisticsSchema)
@requires("read")
def export_statistics(kind: str) -> Response:
    """Return the row counts of all exports and of the latest."""
    with machine().database.reading() as session:
        return jsonify(success=True, statistics=queries.export_sums(session, kind))


@for_each_kind(blueprint.get, "runs")
@blueprint.response(200, ExportRunsSchema)
@requires("read")
def export_runs(kind: str) -> Response:
    """List the exports, newest first."""
    with machine().database.reading() as session:
        found = queries.stamps(session, kind)
    return jsonify(success=True, runs=found, count=len(found))


@lists_rows("library", LibrarySchema)
def export_library(query: dict, kind: str) -> Response:
    """List the films and shows of one export, as they were then."""
    return listing_answer(LIBRARIES[kind], query)


@lists_rows("episodes", EpisodesSchema)
def export_episodes(query: dict, kind: str) -> Response:
    """List the seasons of one export with their episodes, as they were then."""
    return listing_answer(EPISODES[kind], query)


@for_each_kind(blueprint.post, "import")
@blueprint.response(200, ExportImportSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def import_exports(kind: str) -> Response:
    """Import the files that lie in Logs now; they are imported without this, too, when a run ends."""
    return jsonify(import_answer(import_exports_now(machine(), kind)))
