"""Manual runs: one asset from one picture."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify

from app.api.api_blueprint import UPLOAD, ApiBlueprint
from app.api.document import ErrorSchema
from app.api.queueing import queue
from app.api.schemas.manual_runs import (
    ManualRunSchema,
    ManualStartedSchema,
    UploadedRunSchema,
    UploadStartedSchema,
)
from app.core.execution.run_offers import require_mode
from app.core.execution.run_requests import manual_arguments
from app.core.execution.uploads import require_shape
from app.core.replacing.replacement import manual_asset_path, overlay_params
from app.core.replacing.replacement_queue import QueueRequest, add_item, waiting_before
from app.extensions import machine
from app.http.security import requires
from app.services.staged_pictures import manual_picture, picture_folders, sent_picture, staged_picture

blueprint = ApiBlueprint("manual runs", __name__, description="One asset from one picture.")

QUEUED = "Added to the queue of replacements"


@blueprint.post("/run-manual")
@blueprint.arguments(ManualRunSchema)
@blueprint.response(200, ManualStartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def run_manual(form: dict) -> Response:
    """Make one asset from one picture: a file of a picture folder, or what an address of the internet has."""
    require_mode(machine().settings.poster_script, "manual")
    with manual_picture(machine(), form["picturePath"], form["add_to_queue"]) as (path, source):
        return started(form, path, source)


@blueprint.post("/run-manual-upload")
@blueprint.arguments(UploadedRunSchema, location=UPLOAD)
@blueprint.response(200, UploadStartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def run_manual_upload(form: dict) -> Response:
    """Make one asset from a picture that comes with the request."""
    file = form["file"]
    given = sent_picture(file.stream, file.filename or "")
    require_shape(given.measured, given.name, form["posterType"])
    with staged_picture(machine(), given) as path:
        return started(form, str(path), given.source, {"upload_path": str(path)})


def started(
    form: Mapping[str, Any], picture: str, source: tuple[str, str], more: Mapping[str, str] | None = None
) -> Response:
    """Queue the run of the form, or put it into the queue of replacements."""
    is_built_in = not machine().settings.poster_script
    folders = picture_folders(machine())
    arguments = manual_arguments({**form, "picturePath": picture}, folders, is_built_in)
    if not form["add_to_queue"]:
        return queue("manual", arguments, more={"queue_id": None, **(more or {})})
    shown = overlay_params(form, True, form["seasonPosterName"] or None, form["episodeNumber"] or None)
    with machine().database.writing() as session:
        request = QueueRequest(manual_asset_path(form), source, shown, arguments)
        item = add_item(session, request, picture)
        ahead = waiting_before(session, item)
    facts = {"pid": None, "run_id": None, "status": item.status, "queued": True, "position": ahead}
    return jsonify(success=True, message=QUEUED, queue_id=item.id, **facts, **(more or {}))
