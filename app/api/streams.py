"""Web sockets, which the OpenAPI document cannot describe; docs/live.md does."""

from flask import Blueprint, Flask, Response, request

from app.core.live.log_desk import log_to_follow
from app.extensions import machine
from app.http import streaming
from app.http.security import requires

sockets = Blueprint("sockets", __name__, url_prefix="/ws")


def init_app(app: Flask) -> None:
    app.register_blueprint(sockets)


@sockets.get("/logs", websocket=True)
@requires("read")
def follow_log() -> Response:
    """Send the lines that are written to a log from now on, by default to that of the active run."""
    name = request.args.get("log_file")
    return streaming.web_socket("logs", name and log_to_follow(machine().paths, name))
