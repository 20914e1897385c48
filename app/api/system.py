"""The server itself."""

from flask import Response, jsonify

from app.api.chapter import Chapter
from app.api.schemas.system import ServiceSchema
from app.security import requires

chapter = Chapter("system", __name__, description="The server itself.")


@chapter.get("")
@chapter.response(200, ServiceSchema)
@requires("read")
def service() -> Response:
    """Tell that the API is there."""
    return jsonify(message="Posterizarr Web UI API", status="running")
