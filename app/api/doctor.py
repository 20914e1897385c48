"""Checks and repairs of the journal of artwork."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.doctor import JournalCheckSchema
from app.core.execution.run_offers import require_switch
from app.core.journal_check import check_journal
from app.core.modes import DOCTOR
from app.extensions import machine
from app.http.security import requires

# Longer checks are for the command line.
LONGEST = 600.0

blueprint = ApiBlueprint("doctor", __name__, description="Checks of the journal of artwork.")


@blueprint.get("/admin/doctor")
@blueprint.response(200, JournalCheckSchema)
@requires("admin")
def check() -> Response:
    """Check journal, store and artwork against each other, and change nothing; 503 after ten minutes."""
    require_switch(machine().settings.poster_script, DOCTOR)
    return jsonify(check_journal(machine().engine, repairs=False, seconds=LONGEST))


@blueprint.post("/admin/doctor/repair")
@blueprint.response(200, JournalCheckSchema)
@requires("admin")
def repair() -> Response:
    """Check journal, store and artwork, and repair what can be proved; 409 while a run is active."""
    require_switch(machine().settings.poster_script, DOCTOR)
    return jsonify(check_journal(machine().engine, repairs=True, seconds=LONGEST))
