"""A run is queued, and the response says what comes before it."""

from typing import Any

from flask import Response, jsonify

from app.core import runs
from app.core.execution import instance
from app.extensions import machine
from app.models import Origin, Run


def queue(
    mode: str, arguments: list[str], more: dict[str, str] | None = None, undoes: int | None = None
) -> Response:
    """Queue a run, and say what comes before it; `more` are further fields of the response."""
    with machine().database.writing() as session:
        run = runs.request_run(session, mode, Origin.API, arguments, undoes=undoes)
        ahead = runs.ahead_of(session, run)
    return jsonify(**queued_fields(run, ahead), **(more or {}))


def queued_fields(run: Run, ahead: int) -> dict[str, Any]:
    """The fields of `StartedSchema` for a run before which so many others come."""
    is_busy = bool(instance.other_scripts(machine().paths, machine().settings.poster_script))
    waits = is_busy or ahead > 0
    message = f"Queued in {run.mode} mode: another run is active" if waits else f"Started in {run.mode} mode"
    facts = {"pid": None, "run_id": run.id, "status": run.status, "queued": waits, "position": ahead}
    return {"success": True, "message": message, **facts}
