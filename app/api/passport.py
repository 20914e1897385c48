"""What is known of a picture that somebody brings."""

from flask import Flask, Response, jsonify

from app.api.api_blueprint import UPLOAD, ApiBlueprint
from app.api.asset_versions import version_fields
from app.api.document import ErrorSchema
from app.api.schemas.passport import PassportFileSchema, PassportSchema
from app.core.assets.naming import address
from app.core.assets.roots import PLACES
from app.core.passport.sightings import NO_FILE, Sighting
from app.extensions import machine
from app.http.security import requires
from app.services.passports import Passport, PassportDesk, passport_desk

blueprint = ApiBlueprint("passport", __name__, description="What is known of a picture.")


def init_app(app: Flask) -> None:
    passport_desk.attach(app, PassportDesk())


@blueprint.post("/passport")
@blueprint.arguments(PassportFileSchema, location=UPLOAD)
@blueprint.response(200, PassportSchema)
@blueprint.alt_response(400, schema=ErrorSchema)
@requires("read")
def read_passport(sent: dict) -> Response:
    """Find the item of a picture, even where it was renamed, scaled or encoded anew by a media server.

    Nothing is stored.
    """
    found = passport_desk().passport(machine(), sent["file"].stream)
    return jsonify(PassportSchema().dump(passport_fields(found)))


def passport_fields(passport: Passport) -> dict:
    """The fields of `PassportSchema`."""
    picture = passport.picture
    names = ("sha256", "size", "format", "width", "height", "is_marked")
    return {
        "success": True,
        "by": passport.by,
        "is_certain": passport.is_certain,
        **{name: getattr(picture, name) for name in names},
        "assets": [sighting_fields(each) for each in passport.sightings],
        "more": passport.more,
        "unread": passport.unread,
    }


def sighting_fields(found: Sighting) -> dict:
    """The fields of `SightingSchema`."""
    names = ("root", "path", "kind", "title", "origin", "disk", "text", "is_as_now", "places")
    url = address(PLACES[found.root].prefix, found.path) if found.disk != NO_FILE else None
    return {
        **{name: getattr(found, name) for name in names},
        "version": version_fields(found.path, found.version) if found.version else None,
        "source": found.source,
        "can_restore": found.can_restore,
        "can_redraw": found.can_redraw,
        "present_url": url,
    }
