"""Overlays that a person puts together: previewed and saved."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.overlay_creator import OverlayDrawingSchema, OverlayPreviewSchema, SavedOverlaySchema
from app.api.schemas.overlays import StoredOverlaySchema
from app.core.overlay_drawing import overlay_preview, save_drawn_overlay
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("overlay_creator", __name__, description="Overlays drawn from a few numbers.")


@blueprint.post("/overlay-creator/preview")
@blueprint.arguments(OverlayDrawingSchema)
@blueprint.response(200, OverlayPreviewSchema)
@requires("config")
def preview_overlay(wanted: dict) -> Response:
    """Draw an overlay small, and keep nothing of it."""
    return jsonify(success=True, image_base64=overlay_preview(machine().engine, wanted))


@blueprint.post("/overlay-creator/save")
@blueprint.arguments(SavedOverlaySchema)
@blueprint.response(200, StoredOverlaySchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def save_overlay(wanted: dict) -> Response:
    """Draw an overlay in full size and keep it among the overlays."""
    name = save_drawn_overlay(machine().paths, machine().engine, wanted)
    return jsonify(success=True, message=f"{name} was stored.", filename=name)
