"""Other pictures for an asset: searched at the providers, and put in its place."""

from flask import Response, jsonify

from app.api.api_blueprint import UPLOAD, ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.replacing import (
    PosterSearchSchema,
    PostersSchema,
    ReplacedSchema,
    ReplacementQuery,
    ReplacementSearchSchema,
    ReplacementsSchema,
    ReplacementUploadSchema,
    UrlReplacementQuery,
)
from app.core.replacing.provider_search import (
    FoundOffers,
    replacement_results,
    search_providers,
    tmdb_posters,
)
from app.core.replacing.replacement import read_replacement
from app.core.replacing.search_request import replacement_search, tmdb_search
from app.extensions import machine
from app.http.security import requires
from app.services.replacing import ReplacementOutcome, replace_artwork
from app.services.staged_pictures import downloaded_picture, sent_picture

blueprint = ApiBlueprint("replacing", __name__, description="Other pictures in the place of artwork.")


@blueprint.post("/tmdb/search-posters")
@blueprint.arguments(PosterSearchSchema)
@blueprint.response(200, PostersSchema)
@requires("assets")
def search_posters(form: dict) -> Response:
    """Search TMDB for pictures by title or id, those in the preferred languages first."""
    search = tmdb_search(machine().config, form)
    found = search_providers(machine().engine, machine().config, search)
    posters = tmdb_posters(search, found)
    return jsonify(success=True, posters=posters, count=len(posters), **failed_fields(found))


@blueprint.post("/assets/fetch-replacements")
@blueprint.arguments(ReplacementSearchSchema)
@blueprint.response(200, ReplacementsSchema)
@requires("assets")
def fetch_replacements(form: dict) -> Response:
    """Search all providers for other pictures of an asset, those in the preferred languages first."""
    with machine().database.reading() as session:
        search, detected = replacement_search(session, form)
    found = search_providers(machine().engine, machine().config, search)
    facts = {"total_count": len(found.offers), "detected_provider": detected}
    return jsonify(success=True, results=replacement_results(search, found), **facts, **failed_fields(found))


@blueprint.post("/assets/upload-replacement")
@blueprint.arguments(ReplacementQuery, location="query")
@blueprint.arguments(ReplacementUploadSchema, location=UPLOAD)
@blueprint.response(200, ReplacedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def upload_replacement(query: dict, sent: dict) -> Response:
    """Put the picture that comes with the request in the place of an asset, or have a run draw it."""
    wanted = read_replacement(query)
    picture = sent_picture(sent["file"].stream, sent["file"].filename or "")
    return replaced(replace_artwork(machine(), wanted, picture))


@blueprint.post("/assets/replace-from-url")
@blueprint.arguments(UrlReplacementQuery, location="query")
@blueprint.response(200, ReplacedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def replace_from_url(query: dict) -> Response:
    """Put the picture at an address of the internet in the place of an asset, or have a run draw it."""
    wanted = read_replacement(query)
    picture = downloaded_picture(machine(), query["image_url"])
    return replaced(replace_artwork(machine(), wanted, picture))


def replaced(outcome: ReplacementOutcome) -> Response:
    return jsonify(
        success=True,
        message=outcome.message,
        path=outcome.path,
        size=outcome.size,
        was_replacement=outcome.was_there,
        manual_run_triggered=outcome.is_drawn and outcome.run is not None,
        queued=outcome.item is not None,
        run_id=outcome.run,
        queue_id=outcome.item,
    )


def failed_fields(found: FoundOffers) -> dict:
    """{failed, message}: the providers that gave nothing because of a trouble, each with the reason."""
    failed = [{"provider": name, "reason": reason} for name, reason in found.failed.items()]
    said = "" if found.offers else " ".join(found.failed.values()) or "No provider has such a picture."
    return {"failed": failed, "message": said}
