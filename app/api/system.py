"""The server itself."""

from flask import Response, jsonify

from app.api.api_blueprint import Chapter
from app.api.schemas.status import StatusSchema
from app.api.schemas.system import (
    ReleasesSchema,
    ServerVersionSchema,
    ServiceSchema,
    SystemInfoSchema,
    VersionSchema,
)
from app.api.system_readers import readings
from app.core.releases import releases_answer
from app.core.version import package_version
from app.extensions import machine
from app.http.security import requires

chapter = Chapter("system", __name__, description="The server itself.")


@chapter.get("", strict_slashes=False)
@chapter.response(200, ServiceSchema)
@requires("read")
def service() -> Response:
    """Tell that the API is there."""
    return jsonify(message="Posterizarr Web UI API", status="running")


@chapter.get("/system-info")
@chapter.response(200, SystemInfoSchema)
@requires("read")
def system_info() -> Response:
    """Tell the hardware and the operating system."""
    return jsonify(readings().system_info.read())


@chapter.get("/version")
@chapter.response(200, VersionSchema)
@requires("read")
def version() -> Response:
    """Tell the version of the poster script and the latest release that is known."""
    return jsonify(readings().version())


@chapter.get("/version-ui")
@chapter.response(200, ServerVersionSchema)
@requires("read")
def server_version() -> Response:
    """Tell the version of this server and its page; no list of its releases is asked for."""
    return jsonify(local=package_version(), remote=None)


@chapter.get("/releases")
@chapter.response(200, ReleasesSchema)
@requires("read")
def releases() -> Response:
    """List the ten latest releases, as they were when the list was last renewed."""
    with machine().database.reading() as session:
        return jsonify(releases_answer(session, machine().settings.update_check))


@chapter.get("/status")
@chapter.response(200, StatusSchema)
@requires("read")
def status() -> Response:
    """Tell whether a run is active, how far it is, and what its log says last."""
    return jsonify(readings().status())
