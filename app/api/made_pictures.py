"""Posters that a person makes: the picture is kept, drawn as a preview, and put where it belongs."""

from flask import Response, jsonify, url_for

from app.api.api_blueprint import UPLOAD, ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.made_pictures import (
    KeptPictureSchema,
    MadePictureSchema,
    OfferSearchSchema,
    OffersSchema,
    PictureAddressSchema,
    PictureFileSchema,
    PutPictureSchema,
)
from app.core.previews.offers import offer_search, offers_shown
from app.core.replacing.provider_search import search_providers
from app.core.thumbnails.shrinking import MEDIA_TYPES, WEBP
from app.extensions import machine
from app.http.security import requires
from app.services.made_pictures import KeptPicture, keep_picture, made_picture_for_page, put_made_picture
from app.services.offered_pictures import preview_queries
from app.services.previews import previews
from app.services.staged_pictures import downloaded_picture, sent_picture

blueprint = ApiBlueprint("made_pictures", __name__, description="Artwork that a person makes.")

PICTURE = {"type": "string", "format": "binary"}


@blueprint.post("/made-pictures/files")
@blueprint.arguments(PictureFileSchema, location=UPLOAD)
@blueprint.response(200, KeptPictureSchema)
@requires("assets")
def keep_file(sent: dict) -> Response:
    """Keep a picture that comes with the request, to be drawn and put somewhere."""
    file = sent["file"]
    return kept(keep_picture(machine(), sent_picture(file.stream, file.filename or "")))


@blueprint.post("/made-pictures/addresses")
@blueprint.arguments(PictureAddressSchema)
@blueprint.response(200, KeptPictureSchema)
@requires("assets")
def keep_address(sent: dict) -> Response:
    """Fetch the picture at an address of the internet and keep it, to be drawn and put somewhere."""
    return kept(keep_picture(machine(), downloaded_picture(machine(), sent["address"])))


@blueprint.post("/made-pictures/offers")
@blueprint.arguments(OfferSearchSchema)
@blueprint.response(200, OffersSchema)
@requires("assets")
def search_offers(sent: dict) -> Response:
    """Search the providers for pictures of a title; each can be kept by its address."""
    found = search_providers(machine().engine, machine().config, offer_search(sent))
    offers = offers_shown(found.offers)
    queries = preview_queries(machine(), [each["address"] for each in offers])
    for each in offers:
        each["preview"] = url_for("candidate_previews.candidate_preview", **queries[each["address"]])
    return jsonify(success=True, offers=offers, failed=list(found.failed.values()))


@blueprint.get("/made-pictures/<token>")
@blueprint.response(200, PICTURE, content_type=MEDIA_TYPES[WEBP], description="At most 900 pixels wide.")
@requires("assets")
def show_kept(token: str) -> Response:
    """Show a picture that was kept."""
    response = Response(made_picture_for_page(machine(), token), mimetype=MEDIA_TYPES[WEBP])
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.post("/made-pictures")
@blueprint.arguments(MadePictureSchema)
@blueprint.response(200, PutPictureSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def put_picture(sent: dict) -> Response:
    """Draw the picture in full size and put it in its place at once; an undo takes it back."""
    place = sent.pop("place")
    outcome = put_made_picture(machine(), previews(), sent, place)
    return jsonify(
        success=True,
        message=outcome.message,
        path=outcome.path,
        run_id=outcome.run,
        was_replacement=outcome.was_there,
    )


def kept(picture: KeptPicture) -> Response:
    address = url_for("made_pictures.show_kept", token=picture.token)
    return jsonify(success=True, **picture._asdict(), address=address)
