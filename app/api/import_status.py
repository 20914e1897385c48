"""The state of the import of what runs write to Logs."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.import_status import LogWatchSchema
from app.core.choices.table import SHEET
from app.core.execution.importing import REPORTS
from app.core.exports.sheets import EPISODES, LIBRARIES
from app.core.health import leader_problems
from app.extensions import machine
from app.http.security import requires
from app.services.export_imports import LOOK_SECONDS

blueprint = ApiBlueprint("import status", __name__, description="The import of what runs write.")
SHEETS = (SHEET, *LIBRARIES.values(), *EPISODES.values())
# A file must look the same twice.
STEADY_SECONDS = int(LOOK_SECONDS)


@blueprint.get("/logs-watcher/status")
@blueprint.response(200, LogWatchSchema)
@requires("read")
def watcher_status() -> Response:
    """Return which files are imported, and how often they are checked."""
    files = {"csv": [sheet.file for sheet in SHEETS], "json": list(REPORTS)}
    return jsonify(
        success=True,
        available=True,
        running=not leader_problems(machine().state.read()["leader"]),
        logs_dir=str(machine().paths.logs),
        debounce_seconds=STEADY_SECONDS,
        poll_interval=STEADY_SECONDS,
        monitored_files=files,
    )
