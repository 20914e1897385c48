"""The hardest titles of the library, drawn before a run: what will not fit."""

import json

from flask import Response, jsonify, send_file

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.queueing import queue
from app.api.schemas.preflight import PreflightSchema, PreflightTitlesSchema
from app.api.schemas.runs import StartedSchema
from app.core.execution.preflights import read_preflight
from app.core.execution.run_offers import require_mode
from app.core.modes import PREFLIGHT
from app.core.paths import file_inside
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("preflight", __name__, description="What will not fit, before a run.")


@blueprint.post("/runs/preflight")
@blueprint.arguments(PreflightSchema, required=False)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def run_preflight(sent: dict) -> Response:
    """Draw the hardest titles of the library into a contact sheet, and list what will not fit."""
    require_mode(machine().settings.poster_script, PREFLIGHT)
    changed = sent.get("changed")
    return queue(PREFLIGHT, ["-Changed", json.dumps(changed)] if changed else [])


@blueprint.get("/preflight/sheet")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def preflight_sheet() -> Response:
    """Download the contact sheet of the last preflight."""
    return send_file(file_inside(machine().paths.engine, "preflight/sheet.jpg"), mimetype="image/jpeg")


@blueprint.get("/preflight")
@blueprint.response(200, PreflightTitlesSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def preflight_titles() -> Response:
    """List the pictures of the last preflight in the order of its sheet, and what of each text is lost."""
    return jsonify(success=True, **read_preflight(machine().paths.engine))
