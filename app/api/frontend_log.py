"""What pages tell of themselves, and what is known of page and server together."""

from flask import Response, jsonify

from app.api.logs import chapter
from app.api.schemas.frontend_log import (
    PageEntrySchema,
    PageLogSchema,
    PageLogsWrittenSchema,
    UnifiedLogSchema,
    UnifiedQuery,
)
from app.api.schemas.shapes import SuccessSchema
from app.core.unified_log import unified
from app.extensions import machine
from app.http.security import requires
from app.log.frontend_log import page_log


@chapter.post("/logs/ui")
@chapter.arguments(PageEntrySchema)
@chapter.response(200, SuccessSchema)
@requires("run")
def write_entry(entry: dict) -> Response:
    """Write one entry of a page to its log."""
    page_log().write([entry])
    return jsonify(success=True)


@chapter.post("/logs/ui/batch")
@chapter.arguments(PageLogSchema)
@chapter.response(200, PageLogsWrittenSchema)
@requires("run")
def write_entries(sent: dict) -> Response:
    """Write entries of a page to its log."""
    page_log().write(sent["logs"])
    return jsonify(success=True, count=len(sent["logs"]))


@chapter.get("/logs/ui/unified")
@chapter.arguments(UnifiedQuery, location="query")
@chapter.response(200, UnifiedLogSchema)
@requires("read")
def unified_log(query: dict) -> Response:
    """List the last entries of the server's log and of the page's, oldest first."""
    return jsonify(unified(machine().paths, query["tail"]))
