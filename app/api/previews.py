"""Previews: what the poster engine would draw with settings that are not saved."""

import json

from flask import Response

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.previews import DesignPreviewQuery, PreviewSchema
from app.core.designs.drawn_revision import drawn_in, drawn_revision
from app.core.designs.shelf import revision_of_design
from app.extensions import machine
from app.http.security import requires
from app.services.previews import PreviewPicture, previews

blueprint = ApiBlueprint("previews", __name__, description="Artwork as it would look.")

PICTURE = {"type": "string", "format": "binary"}
# The asset's own picture may be another one tomorrow.
SOME_TIME = "private, max-age=3600"
# With the revision of all that it depends on, and the hash of the artwork.
A_WEEK = "private, max-age=604800, immutable"
HEADERS = {
    "X-Preview-Text": {
        "schema": {"type": "string"},
        "description": 'JSON: {"truncated", "missing": [character], "sizes": [points], "lines": [count], '
        '"boxes": [[left, top, right, bottom] in parts of the picture]} of its texts in full size, and '
        '"contrasts": that of each text to its ground, from 1 to 21.',
    },
    "X-Preview-Source": {
        "schema": {"type": "string", "enum": ["original", "sample", "made"]},
        "description": "Where the picture below comes from; made is one that is drawn from words.",
    },
}


@blueprint.post("/previews")
@blueprint.arguments(PreviewSchema)
@blueprint.response(200, PICTURE, content_type="image/jpeg", headers=HEADERS, description="A JPEG.")
@blueprint.alt_response(404, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("read")
def draw_preview(wanted: dict) -> Response:
    """Draw artwork as a run would, with these settings over the saved ones; nothing is written."""
    return preview_response(previews().picture(wanted))


@blueprint.get("/designs/<design>/preview")
@blueprint.arguments(DesignPreviewQuery, location="query")
@blueprint.response(200, PICTURE, content_type="image/jpeg", headers=HEADERS, description="A JPEG.")
@requires("read")
def draw_design(query: dict, design: str) -> Response:
    """Draw artwork, or a sample, in a design or "present" settings; with a revision browsers keep it."""
    record = drawn_in(machine().paths, design)
    revisions = {drawn_revision(machine().paths, record): A_WEEK}
    if record:
        revisions[revision_of_design(record)] = SOME_TIME
    lasts = revisions.get(query.pop("revision"), "no-cache")
    response = preview_response(previews().picture({**query, "design": record and record.id}))
    response.headers["Cache-Control"] = lasts
    return response


def preview_response(picture: PreviewPicture) -> Response:
    response = Response(picture.jpeg, mimetype="image/jpeg")
    response.headers["X-Preview-Text"] = json.dumps(picture.text)
    response.headers["X-Preview-Source"] = picture.source
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
