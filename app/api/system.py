"""The server itself."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.status import StatusSchema
from app.api.schemas.system import (
    ReleasesSchema,
    ServerVersionSchema,
    ServiceSchema,
    SystemInfoSchema,
    VersionSchema,
)
from app.core.releases import releases_answer
from app.core.version import package_version
from app.extensions import machine
from app.http.security import requires
from app.services.system_readers import system_readers

blueprint = ApiBlueprint("system", __name__, description="The server itself.")


@blueprint.get("", strict_slashes=False)
@blueprint.response(200, ServiceSchema)
@requires("read")
def service() -> Response:
    """Return that the API is running."""
    return jsonify(message="Posterizarr Web UI API", status="running")


@blueprint.get("/system-info")
@blueprint.response(200, SystemInfoSchema)
@requires("read")
def system_info() -> Response:
    """Return the hardware and the operating system."""
    return jsonify(system_readers().system_info.read())


@blueprint.get("/version")
@blueprint.response(200, VersionSchema)
@requires("read")
def version() -> Response:
    """Return the version of the poster script and the latest release that is known."""
    return jsonify(system_readers().version())


@blueprint.get("/version-ui")
@blueprint.response(200, ServerVersionSchema)
@requires("read")
def server_version() -> Response:
    """Return the version of this server and its page; no list of its releases is requested."""
    return jsonify(local=package_version(), remote=None)


@blueprint.get("/releases")
@blueprint.response(200, ReleasesSchema)
@requires("read")
def releases() -> Response:
    """List the ten latest releases, as they were when the list was last renewed."""
    with machine().database.reading() as session:
        return jsonify(releases_answer(session, machine().settings.update_check))


@blueprint.get("/status")
@blueprint.response(200, StatusSchema)
@requires("read")
def current_status() -> Response:
    """Return whether a run is active, its progress, and the last lines of its log."""
    return jsonify(system_readers().status())
