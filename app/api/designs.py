"""Designs: listed, taken and undone, given to others and taken from them."""

from collections.abc import Sequence

from flask import Response, jsonify

from app.api.api_blueprint import UPLOAD, ApiBlueprint
from app.api.config import answer_saved, edit_checks, edits_config, expected
from app.api.document import ErrorSchema
from app.api.schemas.config import RevisionHeader, SettingsErrorSchema
from app.api.schemas.designs import (
    DesignKeptSchema,
    DesignSavingSchema,
    DesignsSchema,
    DesignTakenSchema,
    DesignTakingSchema,
    DesignUploadSchema,
)
from app.api.schemas.shapes import MessageSchema
from app.core.designs.design_record import DesignRecord
from app.core.designs.importing import import_design
from app.core.designs.keeping import delete_design, restore_design
from app.core.designs.offering import offered_designs
from app.core.designs.packing import ENDING, LARGEST_PACKED, MIME_TYPE, packed_design
from app.core.designs.saving import save_present_settings
from app.core.designs.shelf import design_of_id
from app.core.designs.taking import take_design, undo_taking
from app.extensions import machine
from app.http.security import requires

BINARY = {"type": "string", "format": "binary"}

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


@blueprint.post("/designs")
@blueprint.arguments(DesignSavingSchema)
@blueprint.response(200, DesignKeptSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def post_design(sent: dict) -> Response:
    """Keep the present settings, with their overlays and fonts, as a design of your own."""
    return answer_kept(save_present_settings(machine().paths, machine().engine, sent["name"]))


@blueprint.post("/designs/import")
@blueprint.arguments(DesignUploadSchema, location=UPLOAD)
@blueprint.response(200, DesignKeptSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def post_design_import(form: dict) -> Response:
    """Keep a design that was exported; what does not belong to one is left out and reported."""
    content = form["file"].stream.read(LARGEST_PACKED + 1)
    imported = import_design(machine().paths, machine().engine, content)
    return answer_kept(imported.record, imported.notes)


@blueprint.get("/designs/<design>/export")
@blueprint.response(200, BINARY, content_type=MIME_TYPE, description="A zip of the design and its files.")
@requires("read")
def export_design(design: str) -> Response:
    """Download a design with its overlays, fonts and their licences."""
    record = design_of_id(machine().paths, design)
    attachment = {"Content-Disposition": f'attachment; filename="{record.id}{ENDING}"'}
    return Response(packed_design(record), mimetype=MIME_TYPE, headers=attachment)


@blueprint.delete("/designs/<design>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def remove_design(design: str) -> Response:
    """Delete a design of your own; it can be brought back until ten others were deleted."""
    record = delete_design(machine().paths, design)
    return jsonify(success=True, message=f"{first_name(record)} was deleted.")


@blueprint.post("/designs/<design>/restore")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def post_design_restore(design: str) -> Response:
    """Bring back a design that was deleted."""
    record = restore_design(machine().paths, design)
    return jsonify(success=True, message=f"{first_name(record)} is back.")


def answer_kept(record: DesignRecord, notes: Sequence[str] = ()) -> Response:
    message = f"{first_name(record)} is kept among your designs."
    return jsonify(success=True, message=message, id=record.id, notes=notes)


def first_name(record: DesignRecord) -> str:
    return next(iter(record.names.values()))
