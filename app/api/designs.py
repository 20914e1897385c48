"""Designs: listed, taken and undone."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.config import answer_saved, edit_checks, edits_config, expected
from app.api.document import ErrorSchema
from app.api.schemas.config import RevisionHeader, SettingsErrorSchema
from app.api.schemas.designs import DesignsSchema, DesignTakenSchema, DesignTakingSchema
from app.core.designs.offering import offered_designs
from app.core.designs.shelf import design_of_id
from app.core.designs.taking import take_design, undo_taking
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("designs", __name__, description="Settings that draw, with overlays and fonts.")


@blueprint.get("/designs")
@blueprint.response(200, DesignsSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("read")
def get_designs() -> Response:
    """List the packaged designs and your own, and mark the present one."""
    return jsonify(success=True, **offered_designs(machine().paths))


@blueprint.post("/designs/<design>/take")
@blueprint.arguments(DesignTakingSchema, required=False)
@blueprint.arguments(RevisionHeader, location="headers")
@blueprint.response(200, DesignTakenSchema)
@blueprint.alt_response(400, schema=SettingsErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def post_design_taking(sent: dict, headers: dict, design: str) -> Response:
    """Install a design's files and merge its settings; no file that was changed by you is replaced."""
    record = design_of_id(machine().paths, design)
    taken = take_design(machine().paths, record, edit_checks(), expected(sent))
    return answer_saved("taken", taken.saved, installed=taken.installed)


@blueprint.post("/designs/undo")
@edits_config
def post_design_undo() -> Response:
    """Put back the settings of before the last taking; what was changed since stays."""
    return answer_saved("put back", undo_taking(machine().paths, edit_checks()))
