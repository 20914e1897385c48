"""Small copies of pictures for the pages that show many of them."""

from flask import Flask, Response, request

from app.api.api_blueprint import ApiBlueprint
from app.api.content_hashes import FOR_EVER, content_hashes
from app.api.document import ErrorSchema
from app.api.schemas.gallery import ThumbnailQuery
from app.core.assets.addresses import addressed_image
from app.core.thumbnails.cache import Thumbnail, Thumbnails, thumbnail_of
from app.core.thumbnails.shrinking import JPEG, MEDIA_TYPES, WEBP
from app.extensions import Extension, machine
from app.http.security import requires

MEGABYTE = 1_000_000
# A page that shows an image twice has it once; a new picture is shown soon.
FRESH = "private, max-age=60, must-revalidate"
PICTURE = {"type": "string", "format": "binary"}
AS_WEBP = {200: {"content": {MEDIA_TYPES[WEBP]: {"schema": PICTURE}}}}

blueprint = ApiBlueprint("thumbnails", __name__, description="Small copies of pictures.")
thumbnails = Extension[Thumbnails]("thumbnails")


def init_app(app: Flask) -> None:
    own = machine.of(app)
    most_bytes = own.settings.thumbnail_megabytes * MEGABYTE
    thumbnails.attach(app, Thumbnails(own.paths.thumbnails, most_bytes, own.settings.web_concurrency))


@blueprint.get("/thumbnail")
@blueprint.arguments(ThumbnailQuery, location="query")
@blueprint.response(200, PICTURE, content_type=MEDIA_TYPES[JPEG], description="The small picture.")
@blueprint.doc(responses=AS_WEBP)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def thumbnail(query: dict) -> Response:
    """Show a small copy of a picture: WebP for clients that accept it, else JPEG."""
    own = machine()
    image = addressed_image(own.roots, own.paths, query["path"])
    response = sent(thumbnail_of(image.file, query["width"], accepted_encoding()))
    is_fixed = content_hashes().is_present(query["v"], *image)
    response.headers["Cache-Control"] = FOR_EVER if is_fixed else FRESH
    return response


def accepted_encoding() -> str:
    """WebP only where the client names it, since one that accepts anything may not know it."""
    accepted = dict(request.accept_mimetypes)
    return WEBP if accepted.get(MEDIA_TYPES[WEBP], 0) > 0 else JPEG


def sent(small: Thumbnail) -> Response:
    """The thumbnail; 304, without looking at it, to a client that has it."""
    if request.if_none_match.contains(small.tag):
        response = Response(status=304)
    else:
        response = Response(thumbnails().content(small), mimetype=small.media_type)
    response.set_etag(small.tag)
    response.vary.add("Accept")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
