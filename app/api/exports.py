"""What the script exported of the media server: Plex, and Jellyfin or Emby."""

from flask import Response, jsonify

from app.api.chapter import Chapter, ErrorSchema
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
from app.exporting import import_now
from app.extensions import machine
from app.security import requires

OF_PLEX, OF_OTHER = {"kind": PLEX}, {"kind": OTHER}
AS_CSV = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}

chapter = Chapter("exports", __name__, description="What the script exported of the media server.")


@chapter.get("/plex-export/statistics", endpoint="plex_statistics", defaults=OF_PLEX)
@chapter.get("/other-media-export/statistics", endpoint="other_statistics", defaults=OF_OTHER)
@chapter.response(200, ExportStatisticsSchema)
@requires("read")
def statistics(kind: str) -> Response:
    """Tell the numbers of all exports and of the latest."""
    with machine().database.reading() as session:
        return jsonify(success=True, statistics=queries.statistics(session, kind))


@chapter.get("/plex-export/runs", endpoint="plex_runs", defaults=OF_PLEX)
@chapter.get("/other-media-export/runs", endpoint="other_runs", defaults=OF_OTHER)
@chapter.response(200, ExportRunsSchema)
@requires("read")
def export_runs(kind: str) -> Response:
    """List the exports, newest first."""
    with machine().database.reading() as session:
        found = queries.stamps(session, kind)
    return jsonify(success=True, runs=found, count=len(found))


@chapter.get("/plex-export/library", endpoint="plex_library", defaults=OF_PLEX)
@chapter.get("/other-media-export/library", endpoint="other_library", defaults=OF_OTHER)
@chapter.arguments(ExportQuery, location="query")
@chapter.response(200, LibrarySchema)
@chapter.doc(responses=AS_CSV)
@requires("read")
def library(query: dict, kind: str) -> Response:
    """List the films and shows of one export, as they were then."""
    return listing_answer(LIBRARIES[kind], query)


@chapter.get("/plex-export/episodes", endpoint="plex_episodes", defaults=OF_PLEX)
@chapter.get("/other-media-export/episodes", endpoint="other_episodes", defaults=OF_OTHER)
@chapter.arguments(ExportQuery, location="query")
@chapter.response(200, EpisodesSchema)
@chapter.doc(responses=AS_CSV)
@requires("read")
def episodes(query: dict, kind: str) -> Response:
    """List the seasons of one export with their episodes, as they were then."""
    return listing_answer(EPISODES[kind], query)


@chapter.post("/plex-export/import", endpoint="plex_import", defaults=OF_PLEX)
@chapter.post("/other-media-export/import", endpoint="other_import", defaults=OF_OTHER)
@chapter.response(200, ExportImportSchema)
@chapter.alt_response(409, schema=ErrorSchema)
@requires("assets")
def import_exports(kind: str) -> Response:
    """Import the files that lie in Logs now; they are imported without this, too, when a run ends."""
    return jsonify(import_answer(import_now(machine(), kind)))
