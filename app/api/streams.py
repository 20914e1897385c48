"""Open streams: web sockets, which the OpenAPI document cannot describe and docs/live.md does, and events."""

from flask import Blueprint, Flask, Response, request

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.streams import EventQuery
from app.core.live.log_feed import log_to_follow
from app.extensions import machine
from app.http import streaming
from app.http.security import requires

blueprint = ApiBlueprint("events", __name__, description="What happens, as it happens.")
sockets = Blueprint("sockets", __name__, url_prefix="/ws")


def init_app(app: Flask) -> None:
    app.register_blueprint(sockets)


@blueprint.get("/events")
@blueprint.arguments(EventQuery, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/event-stream", description="An event stream.")
@requires("read")
def event_stream(query: dict) -> Response:
    """Send what happens to runs, triggers and artwork, until the client leaves; see docs/live.md."""
    last_id = request.headers.get("Last-Event-ID") or query["last_event_id"]
    return streaming.open_event_stream("events", last_id=last_id)


@sockets.get("/events", websocket=True)
@requires("read")
def event_socket() -> Response:
    """Send the same events on a web socket."""
    return streaming.open_web_socket("events", last_id=request.args.get("last_event_id"))


@sockets.get("/logs", websocket=True)
@requires("read")
def follow_log() -> Response:
    """Send the lines that are written to a log from now on, by default to that of the active run."""
    name = request.args.get("log_file")
    return streaming.open_web_socket("logs", log_name=name and log_to_follow(machine().paths, name))
