"""Pictures that providers offer, shown through this server."""

from flask import Flask, Response

from app.api.api_blueprint import ApiBlueprint
from app.api.content_hashes import FOR_EVER
from app.api.document import ErrorSchema
from app.api.schemas.candidate_previews import PreviewQuery
from app.core.replacing.candidate_previews import CandidatePreviews
from app.core.thumbnails.shrinking import MEDIA_TYPES, WEBP
from app.extensions import Extension, machine
from app.http.security import requires
from app.services.offered_pictures import require_offered_here

PICTURE = {"type": "string", "format": "binary"}

blueprint = ApiBlueprint("candidate_previews", __name__, description="Pictures that providers offer.")
candidate_previews = Extension[CandidatePreviews]("candidate_previews")


def init_app(app: Flask) -> None:
    candidate_previews.attach(app, CandidatePreviews(machine.of(app).paths.candidate_previews))


@blueprint.get("/assets/candidate-preview")
@blueprint.arguments(PreviewQuery, location="query")
@blueprint.response(200, PICTURE, content_type=MEDIA_TYPES[WEBP], description="The small picture.")
@blueprint.alt_response(403, schema=ErrorSchema)
@requires("read")
def candidate_preview(query: dict) -> Response:
    """Show a small copy of a picture that a provider offers; the pages of this server have its address."""
    require_offered_here(machine(), query["address"], query["seal"])
    content = candidate_previews().content(machine().downloads, query["address"], query["width"])
    response = Response(content, mimetype=MEDIA_TYPES[WEBP])
    # A provider gives a changed picture another address.
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
