"""The logs of the script and of the server."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.logs import (
    LogExistsSchema,
    LogQuery,
    LogSchema,
    LogSliceQuery,
    LogSliceSchema,
    LogsQuery,
    LogsSchema,
)
from app.core import logs
from app.core.kept_logs import kept_log, kept_logs, kept_slice
from app.core.local_time import zone_or_none
from app.core.log_slices import SliceQuery, readable_log
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("logs", __name__, description="The logs of the script and of the server.")


@blueprint.get("/logs")
@blueprint.arguments(LogsQuery, location="query")
@blueprint.response(200, LogsSchema)
@requires("read")
def get_logs(query: dict) -> Response:
    """List the logs, newest first; with `rotated` also the former ones."""
    listed = kept_logs if query["rotated"] else logs.log_files
    return jsonify(logs=listed(machine().paths))


@blueprint.get("/logs/<name>")
@blueprint.arguments(LogQuery, location="query")
@blueprint.response(200, LogSchema)
@requires("read")
def log_content(query: dict, name: str) -> Response:
    """Show the last lines of a log, or follow it from an offset; 4 MiB a call at most."""
    path, hidden = logs.find_log(machine().paths, name), machine().secret_values()
    if query["offset"] is None:
        return jsonify(logs.tail(path, query["tail"], hidden))
    return jsonify(logs.follow_log_lines(path, query["offset"], query["file_id"], hidden))


@blueprint.get("/logs/<name>/exists")
@blueprint.response(200, LogExistsSchema)
@requires("read")
def log_exists(name: str) -> Response:
    """Return whether there is a log of that name."""
    return jsonify(logs.existing_log(machine().paths, name))


@blueprint.get("/logs/<path:name>/lines")
@blueprint.arguments(LogSliceQuery, location="query")
@blueprint.response(200, LogSliceSchema)
@requires("read")
def log_lines(query: dict, name: str) -> Response:
    """Return lines of a log from a byte offset on, or before it, perhaps only those that fit a search.

    Rotated logs have names such as `BackendServer.log.1` and `Logs_20261129_170838/Scriptlog.log`. With its
    `file_id` a log is found also after it was rotated.
    """
    identity = query.pop("file_id")
    zone = zone_or_none(machine().settings.tz)
    wanted = SliceQuery(**query)
    return jsonify(kept_slice(machine().paths, name, wanted, identity, zone, machine().secret_values()))


@blueprint.get("/logs/<path:name>/download")
@blueprint.response(200, {"type": "string"}, content_type="text/plain", description="The log as a file.")
@requires("read")
def log_download(name: str) -> Response:
    """Download a whole log, without secrets."""
    path = kept_log(machine().paths, name)
    response = Response(readable_log(path, machine().secret_values()), mimetype="text/plain")
    file_name = name.replace("/", "_")
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response
