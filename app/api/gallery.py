"""The gallery of the sample images."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.gallery import TestGallerySchema
from app.core.samples import sample_images
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("gallery", __name__, description="Sample images of the testing mode.")


@blueprint.get("/test-gallery")
@blueprint.response(200, TestGallerySchema)
@requires("read")
def test_gallery() -> Response:
    """List the sample images of the last testing run, 200 at most."""
    return jsonify(images=sample_images(machine().paths.test_images))
