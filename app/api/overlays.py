"""Overlays and fonts: chosen among, looked at, sent and deleted."""

from collections.abc import Collection

from flask import Response, jsonify, send_file
from werkzeug.datastructures import FileStorage

from app.api.api_blueprint import UPLOAD
from app.api.assets import blueprint
from app.api.document import ErrorSchema
from app.api.schemas.overlays import FontPreviewQuery, FontsSchema, OverlayUploadSchema, StoredOverlaySchema
from app.api.schemas.shapes import MessageSchema
from app.core.font_previews import font_preview
from app.core.overlay_edits import EVERY_KIND, SentFile, delete_overlay_file, store_overlay_file
from app.core.overlay_files import file_of_kind, font_names, shown_overlay
from app.core.settings.overlay_checks import note_of_deletion
from app.extensions import machine
from app.http.security import requires

BINARY = {"type": "string", "format": "binary"}
FONTS = ("font",)


@blueprint.get("/fonts")
@blueprint.response(200, FontsSchema)
@requires("read")
def fonts() -> Response:
    """List the names of the fonts that lie beside the overlays."""
    return jsonify(success=True, files=font_names(machine().paths.overlays))


@blueprint.get("/overlayfiles/preview/<name>")
@blueprint.response(200, BINARY, content_type="image/png", description="The picture in its own format.")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def preview(name: str) -> Response:
    """Show one overlay as it is."""
    file, kind = shown_overlay(machine().paths.overlays, name)
    return asked_for_again(send_file(file, mimetype=kind, conditional=True))


@blueprint.post("/overlayfiles/upload")
@blueprint.arguments(OverlayUploadSchema, location=UPLOAD)
@blueprint.response(200, StoredOverlaySchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def upload_overlay(form: dict) -> Response:
    """Keep an overlay or a font that the poster engine can draw."""
    return keep_upload(form["file"], EVERY_KIND)


@blueprint.delete("/overlayfiles/<name>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("config")
def delete_overlay(name: str) -> Response:
    """Delete an overlay or a font, and say which settings still name it."""
    return delete_by_name(name, EVERY_KIND)


@blueprint.post("/fonts/upload")
@blueprint.arguments(OverlayUploadSchema, location=UPLOAD)
@blueprint.response(200, StoredOverlaySchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def upload_font(form: dict) -> Response:
    """Keep a font that the poster engine can draw with."""
    return keep_upload(form["file"], FONTS)


@blueprint.delete("/fonts/<name>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("config")
def delete_font(name: str) -> Response:
    """Delete a font, and say which settings still name it."""
    return delete_by_name(name, FONTS)


@blueprint.get("/fonts/download/<name>")
@blueprint.response(200, BINARY, content_type="application/octet-stream")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def download_font(name: str) -> Response:
    """Download one font."""
    file = file_of_kind(machine().paths.overlays, name, "font")
    kind = "application/octet-stream"
    return asked_for_again(send_file(file, mimetype=kind, as_attachment=True, download_name=file.name))


@blueprint.get("/fonts/preview/<name>")
@blueprint.arguments(FontPreviewQuery, location="query")
@blueprint.response(200, BINARY, content_type="image/png")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def preview_font(query: dict, name: str) -> Response:
    """Show a text in one font."""
    file = file_of_kind(machine().paths.overlays, name, "font")
    content = font_preview(machine().paths.font_previews, file, query["text"])
    return asked_for_again(Response(content, mimetype="image/png"))


def keep_upload(file: FileStorage, kinds: Collection[str]) -> Response:
    sent = SentFile(file.filename or "", file.stream)
    name = store_overlay_file(machine().paths, machine().engine, sent, kinds)
    return jsonify(success=True, message=f"{name} was stored.", filename=name)


def delete_by_name(name: str, kinds: Collection[str]) -> Response:
    delete_overlay_file(machine().paths, name, kinds)
    note = note_of_deletion(machine().config, name)
    return jsonify(success=True, message=f"{name} was deleted. {note}".strip())


def asked_for_again(response: Response) -> Response:
    """The response; browsers ask for it each time, because another file may come under the same name."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
