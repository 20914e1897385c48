"""The log of the web page, and one list of page and server entries."""

from flask import Response, jsonify

from app.api.logs import blueprint
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
from app.log.frontend_log import frontend_log


@blueprint.post("/logs/ui")
@blueprint.arguments(PageEntrySchema)
@blueprint.response(200, SuccessSchema)
@requires("run")
def write_entry(entry: dict) -> Response:
    """Write one entry of a page to its log."""
    frontend_log().write([entry])
    return jsonify(success=True)


@blueprint.post("/logs/ui/batch")
@blueprint.arguments(PageLogSchema)
@blueprint.response(200, PageLogsWrittenSchema)
@requires("run")
def write_entries(sent: dict) -> Response:
    """Write entries of a page to its log."""
    frontend_log().write(sent["logs"])
    return jsonify(success=True, count=len(sent["logs"]))


@blueprint.get("/logs/ui/unified")
@blueprint.arguments(UnifiedQuery, location="query")
@blueprint.response(200, UnifiedLogSchema)
@requires("read")
def unified_log(query: dict) -> Response:
    """List the last entries of the server's log and of the page's, oldest first."""
    return jsonify(unified(machine().paths, query["tail"]))
