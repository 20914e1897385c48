"""Addresses and keys that are tried before they are saved."""

from collections.abc import Callable

from flask import Response, jsonify
from marshmallow import Schema

from app.api.api_blueprint import ApiBlueprint
from app.api.config import edit_checks
from app.api.schemas.validation import (
    PlexAccessSchema,
    ProviderKeyAndPinSchema,
    ProviderKeySchema,
    ProviderTokenSchema,
    ServerAccessSchema,
    ServiceValidatedSchema,
)
from app.core.service_checks import check_service
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("validation", __name__, description="Trying addresses and keys.")


def tries(service: str, schema: type[Schema]) -> Callable:
    """Register a view that tries a service with what that schema loads."""

    def register(view: Callable) -> Callable:
        answering = blueprint.response(200, ServiceValidatedSchema)(requires("config")(view))
        return blueprint.post(f"/validate/{service}")(blueprint.arguments(schema)(answering))

    return register


@tries("plex", PlexAccessSchema)
def validate_plex(sent: dict) -> Response:
    """List the libraries of a Plex server with a token."""
    return answer_check("plex", sent)


@tries("jellyfin", ServerAccessSchema)
def validate_jellyfin(sent: dict) -> Response:
    """Ask a Jellyfin server for its version with a key."""
    return answer_check("jellyfin", sent)


@tries("emby", ServerAccessSchema)
def validate_emby(sent: dict) -> Response:
    """Ask an Emby server for its version with a key."""
    return answer_check("emby", sent)


@tries("tmdb", ProviderTokenSchema)
def validate_tmdb(sent: dict) -> Response:
    """Show TMDB a token."""
    return answer_check("tmdb", sent)


@tries("tvdb", ProviderKeyAndPinSchema)
def validate_tvdb(sent: dict) -> Response:
    """Log in at TVDB with a key and, where one is given, a PIN."""
    return answer_check("tvdb", sent)


@tries("fanart", ProviderKeySchema)
def validate_fanart(sent: dict) -> Response:
    """Show Fanart.tv a key."""
    return answer_check("fanart", sent)


def answer_check(service: str, sent: dict) -> Response:
    may_send_anywhere = edit_checks().may_change_login
    return jsonify(check_service(machine().engine, machine().config, service, sent, may_send_anywhere))
