"""Runs that move pictures which exist already: resets, restores, and logos of the providers."""

from flask import Response

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.queueing import queue
from app.api.schemas.exchange_runs import ArtworkRestoreSchema, LogosSchema, ResetSchema
from app.api.schemas.runs import StartedSchema
from app.core.execution.exchange_requests import reset_run, restore_arguments
from app.core.execution.run_offers import require_fields, require_mode
from app.core.execution.run_requests import logo_arguments
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("exchange_runs", __name__, description="Pictures that exist already, moved.")


@blueprint.post("/reset-posters")
@blueprint.arguments(ResetSchema)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def reset_posters(form: dict) -> Response:
    """Let the media server choose the posters of one library again."""
    wanted = reset_run(form["library"], form, machine().paths.asset_lists)
    require_mode(machine().settings.poster_script, "reset")
    require_fields(machine().settings.poster_script, "reset", form)
    return queue(wanted.mode, wanted.arguments)


@blueprint.post("/run-restore")
@blueprint.arguments(ArtworkRestoreSchema, required=False)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def restore_artwork(form: dict) -> Response:
    """Have the media server show the pictures of the backup again, or where it has none what was replaced."""
    names = (form[name] or "" for name in ("library_name", "item_name", "asset_type"))
    arguments = restore_arguments(*names)
    require_mode(machine().settings.poster_script, "restore")
    return queue("restore", arguments)


@blueprint.post("/run-logoupdater")
@blueprint.arguments(LogosSchema)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def run_logo_updater(form: dict) -> Response:
    """Put the providers' logos on the films and shows of a library, or put back what was there before."""
    mode = "logorevert" if form["revert"] else "logoupdater"
    arguments = logo_arguments(form["library"], form["force_replace"] and not form["revert"])
    require_mode(machine().settings.poster_script, mode)
    return queue(mode, arguments)
