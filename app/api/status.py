"""What happens at this moment."""

from flask import Response, jsonify

from app.api.api_blueprint import Chapter
from app.api.schemas.status import StatusSchema
from app.api.system_readers import readings
from app.http.security import requires

chapter = Chapter("status", __name__, description="What happens at this moment.")


@chapter.get("/status")
@chapter.response(200, StatusSchema)
@requires("read")
def status() -> Response:
    """Tell whether a run is active, how far it is, and what its log says last."""
    return jsonify(readings().status())
