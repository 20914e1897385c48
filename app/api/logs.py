"""The logs of the script and of the server."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.logs import LogExistsSchema, LogQuery, LogSchema, LogsSchema
from app.core import logs
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("logs", __name__, description="The logs of the script and of the server.")


@blueprint.get("/logs")
@blueprint.response(200, LogsSchema)
@requires("read")
def get_logs() -> Response:
    """List the logs, newest first."""
    return jsonify(logs=logs.log_files(machine().paths))


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
