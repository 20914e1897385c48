"""What an asset looked like before, and the request to have that back."""

import json
from dataclasses import asdict
from urllib.parse import quote

from flask import Response, jsonify, send_file

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.queueing import queue
from app.api.schemas.runs import StartedSchema
from app.api.schemas.versions import (
    AssetVersionSchema,
    AssetVersionsSchema,
    VersionImageQuery,
    WantedVersionSchema,
)
from app.api.thumbnails import accepted_encoding, sent
from app.core.decisions import versions
from app.core.execution.run_offers import require_mode
from app.core.modes import ONLY, VERSION
from app.core.thumbnails.cache import thumbnail_of
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("asset versions", __name__, description="What artwork was before.")

PICTURE = {"type": "string", "format": "binary"}
# A version is named by its content, so that it never changes.
FOR_EVER = "private, max-age=31536000, immutable"


@blueprint.get("/assets/<path:asset>/versions")
@blueprint.response(200, AssetVersionsSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def asset_versions(asset: str) -> Response:
    """List what the asset's file has been, the present one first, then the latest."""
    found = versions.versions_of(wanted(asset))
    return jsonify(success=True, path=asset, versions=[shown(asset, version) for version in found])


@blueprint.get("/assets/<path:asset>/versions/<sha256>")
@blueprint.arguments(VersionImageQuery, location="query")
@blueprint.response(200, PICTURE, content_type="image/jpeg", description="The picture in its own format.")
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def version_image(query: dict, asset: str, sha256: str) -> Response:
    """Show one version as it was, or with `width` a small copy of it."""
    file, kind = versions.version_picture(wanted(asset), sha256)
    width = query["width"]
    small = width and thumbnail_of(file, width, accepted_encoding())
    response = sent(small) if small else send_file(file, mimetype=kind, conditional=True)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.post("/assets/<path:asset>/versions")
@blueprint.arguments(WantedVersionSchema)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def restore_version(form: dict, asset: str) -> Response:
    """Bring an earlier version back, on disk and where it was uploaded."""
    require_mode(machine().settings.poster_script, VERSION)
    found = versions.restorable(wanted(asset), form["version"])
    return queue(VERSION, [found.sha256, ONLY, json.dumps([asset])])


def wanted(asset: str) -> versions.AssetPath:
    return versions.asset_file(machine().paths.engine, machine().roots.path("assets"), asset)


def shown(asset: str, version: versions.Version) -> dict:
    return AssetVersionSchema().dump(version_fields(asset, version))


def version_fields(asset: str, version: versions.Version) -> dict:
    """The fields of `AssetVersionSchema`; `url` is the address of its picture, None where that is gone."""
    url = f"/api/assets/{quote(asset)}/versions/{version.sha256}" if version.is_kept else None
    return asdict(version) | {"url": url}
