"""Libraries of the media servers: listed, left out of runs, and acted on."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.config import edit_checks
from app.api.document import ErrorSchema
from app.api.schemas.libraries import (
    CachedLibrariesSchema,
    CachedQuery,
    ExclusionsSchema,
    ListedLibrariesSchema,
    MediaActionSchema,
    PlexActionSchema,
    PlexAddressSchema,
    PlexItemsSchema,
    PlexLibrarySchema,
    ServerAddressSchema,
)
from app.api.schemas.shapes import MessageSchema, SuccessSchema
from app.core.servers.actions import act_on_jellyfin_or_emby, act_on_plex
from app.core.servers.given_access import PLACES, Access, given_access, saved_access
from app.core.servers.libraries import EXCLUDED, known_server, plex_items
from app.core.settings.editing import import_settings
from app.extensions import machine
from app.http.security import requires
from app.services.server_libraries import cached_libraries, fetch_libraries

blueprint = ApiBlueprint("libraries", __name__, description="Libraries of the media servers.")


@blueprint.post("/libraries/plex")
@blueprint.arguments(PlexAddressSchema)
@blueprint.response(200, ListedLibrariesSchema)
@requires("config")
def list_plex(sent: dict) -> Response:
    """List the libraries of a Plex server as they are now."""
    return answer_libraries("plex", given("plex", sent))


@blueprint.post("/libraries/jellyfin")
@blueprint.arguments(ServerAddressSchema)
@blueprint.response(200, ListedLibrariesSchema)
@requires("config")
def list_jellyfin(sent: dict) -> Response:
    """List the libraries of a Jellyfin server as they are now."""
    return answer_libraries("jellyfin", given("jellyfin", sent))


@blueprint.post("/libraries/emby")
@blueprint.arguments(ServerAddressSchema)
@blueprint.response(200, ListedLibrariesSchema)
@requires("config")
def list_emby(sent: dict) -> Response:
    """List the libraries of an Emby server as they are now."""
    return answer_libraries("emby", given("emby", sent))


@blueprint.get("/libraries/<server>/cached")
@blueprint.arguments(CachedQuery, location="query")
@blueprint.response(200, CachedLibrariesSchema)
@requires("read")
def list_cached(query: dict, server: str) -> Response:
    """List the libraries as they were last listed; with `refresh` the configured server is asked first."""
    access = saved_access(machine().config, known_server(server))
    found = fetch_libraries(machine(), server, access) if query["refresh"] else {}
    error = {"error": found["error"]} if "error" in found else {}
    return jsonify(success=not error, **cached_libraries(machine(), server), **error)


@blueprint.post("/libraries/<server>/exclusions")
@blueprint.arguments(ExclusionsSchema)
@blueprint.response(200, SuccessSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def exclude_libraries(sent: dict, server: str) -> Response:
    """Leave these libraries out of runs, and no others: they become LibstoExclude of config.json."""
    section, _, _ = PLACES[known_server(server)]
    names = list(dict.fromkeys(sent["excluded_libraries"]))
    import_settings(machine().paths, {section: {EXCLUDED: names}}, edit_checks())
    return jsonify(success=True)


@blueprint.post("/libraries/plex/items")
@blueprint.arguments(PlexLibrarySchema)
@blueprint.response(200, PlexItemsSchema)
@requires("config")
def list_plex_items(sent: dict) -> Response:
    """List the films or shows of one library of a Plex server."""
    found = plex_items(machine().engine, sent["library_key"], given("plex", sent))
    return jsonify(success="error" not in found, **shown_part(found, "items"))


@blueprint.post("/plex/action")
@blueprint.arguments(PlexActionSchema)
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("run")
def plex_action(sent: dict) -> Response:
    """Have Plex refresh or analyse an item, scan a library, or empty its trash."""
    return jsonify(success=True, message=act_on_plex(machine().engine, machine().config, sent))


@blueprint.post("/jellyfin-emby/action")
@blueprint.arguments(MediaActionSchema)
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("run")
def jellyfin_or_emby_action(sent: dict) -> Response:
    """Have Jellyfin or Emby read the metadata of an item again, or look for pictures that it lacks."""
    message = act_on_jellyfin_or_emby(machine().engine, machine().config, sent["action"], sent["media_id"])
    return jsonify(success=True, message=message)


def given(server: str, sent: dict) -> Access:
    return given_access(machine().config, server, sent, edit_checks().may_change_login)


def answer_libraries(server: str, access: Access) -> Response:
    found = fetch_libraries(machine(), server, access)
    return jsonify(success="error" not in found, **found)


def shown_part(found: dict, name: str) -> dict:
    return {key: found[key] for key in (name, "error") if key in found}
