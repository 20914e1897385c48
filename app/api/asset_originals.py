"""The picture that an asset was drawn from."""

from flask import Flask, Response, send_file

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.core.outgoing.fetch_turns import FetchTurns
from app.extensions import Extension, machine
from app.http.security import requires
from app.services.originals import original_picture

blueprint = ApiBlueprint("asset_originals", __name__, description="What artwork was drawn from.")

PICTURE = {"type": "string", "format": "binary"}
# It is fetched from a provider, and the asset may be made of another one tomorrow.
SOME_TIME = "private, max-age=3600"
# One takes up to half a minute of a slow host, and up to some hundred megabytes while it is decoded.
FETCHED_AT_ONCE = 3
LONGEST_WAIT = 5.0
original_turns = Extension[FetchTurns]("original_turns")


def init_app(app: Flask) -> None:
    original_turns.attach(app, FetchTurns(FETCHED_AT_ONCE, LONGEST_WAIT))


@blueprint.get("/assets/<path:asset>/original")
@blueprint.response(200, PICTURE, content_type="image/jpeg", description="JPEG, PNG or WebP.")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def asset_original(asset: str) -> Response:
    """Show the picture that an asset was drawn from: of its provider, of a folder, or from the store."""
    with original_turns().taken():
        content, kind = original_picture(machine(), asset)
    response = send_file(content, mimetype=kind)
    response.headers["Cache-Control"] = SOME_TIME
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
