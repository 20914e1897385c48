"""Overlays and fonts, as a person chooses among them."""

from flask import Response, jsonify, send_file

from app.api.assets import blueprint
from app.api.document import ErrorSchema
from app.api.schemas.overlays import FontsSchema
from app.core.overlay_files import font_names, image_file
from app.extensions import machine
from app.http.security import requires

PICTURE = {"type": "string", "format": "binary"}


@blueprint.get("/fonts")
@blueprint.response(200, FontsSchema)
@requires("read")
def fonts() -> Response:
    """List the names of the fonts that lie beside the overlays."""
    return jsonify(success=True, files=font_names(machine().paths.overlays))


@blueprint.get("/overlayfiles/preview/<name>")
@blueprint.response(200, PICTURE, content_type="image/png", description="The picture in its own format.")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def preview(name: str) -> Response:
    """Show one overlay as it is."""
    response = send_file(image_file(machine().paths.overlays, name), conditional=True)
    # Asked for again each time: another overlay may come under the same name.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
