"""The gallery of the sample images."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.content_hashes import content_hashes
from app.api.schemas.assets import ArrangedQuery
from app.api.schemas.gallery import TestGallerySchema
from app.core.assets.addresses import address_fields
from app.core.assets.arrangement import Arrangement
from app.core.catalogue.titles import fold
from app.core.samples import SamplePicture, sample_images
from app.extensions import machine
from app.http.security import requires

KEYS = {
    "name": lambda sample: fold(sample.name),
    "title": lambda sample: fold(sample.name),
    "modified": lambda sample: sample.modified,
    "created": lambda sample: sample.modified,
    "size": lambda sample: sample.size,
}

blueprint = ApiBlueprint("gallery", __name__, description="Sample images of the testing mode.")


@blueprint.get("/test-gallery")
@blueprint.arguments(ArrangedQuery, location="query")
@blueprint.response(200, TestGallerySchema)
@requires("read")
def test_gallery(arrangement: Arrangement) -> Response:
    """List the sample images of the last testing run."""
    samples = sample_images(machine().paths.test_images)
    found = arrangement.matching(samples, lambda sample: sample.path)
    shown = [described_sample(sample) for sample in arrangement.part(found, KEYS)]
    return jsonify(images=shown, total=len(found))


def described_sample(sample: SamplePicture) -> dict:
    """The fields of `SampleImageSchema`."""
    fields = sample._asdict()
    digest = content_hashes().sample_digest(fields.pop("file"))
    return fields | address_fields(sample.url, digest, None)
