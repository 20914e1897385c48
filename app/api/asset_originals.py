"""The picture that an asset was drawn from."""

from flask import Response, send_file

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.extensions import machine
from app.http.security import requires
from app.services.originals import original_picture

blueprint = ApiBlueprint("asset_originals", __name__, description="What artwork was drawn from.")

PICTURE = {"type": "string", "format": "binary"}
# It is fetched from a provider, and the asset may be made of another one tomorrow.
SOME_TIME = "private, max-age=3600"


@blueprint.get("/assets/<path:asset>/original")
@blueprint.response(200, PICTURE, content_type="image/jpeg", description="JPEG, PNG or WebP.")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def asset_original(asset: str) -> Response:
    """Show the picture that an asset was drawn from: of its provider, of a folder, or from the store."""
    content, kind = original_picture(machine(), asset)
    response = send_file(content, mimetype=kind)
    response.headers["Cache-Control"] = SOME_TIME
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
