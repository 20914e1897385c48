"""What webhooks and trigger files have led to, and what failed."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.pages import page_fields
from app.api.schemas.shapes import MessageSchema
from app.api.schemas.triggers import TriggersQuery, TriggersSchema
from app.core.triggers.listing import list_triggers
from app.extensions import machine
from app.http.security import requires
from app.services.inbox import inbox

blueprint = ApiBlueprint("triggers", __name__, description="What webhooks and trigger files have led to.")


@blueprint.get("/triggers")
@blueprint.arguments(TriggersQuery, location="query")
@blueprint.response(200, TriggersSchema)
@requires("read")
def get_triggers(query: dict) -> Response:
    """List triggers, newest first: what they wait for, how often they were tried, their runs."""
    with machine().database.reading() as session:
        page, total = list_triggers(session, **query)
    return jsonify(page_fields("triggers", page, total, query))


@blueprint.post("/triggers/<int:number>/replay")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def replay_trigger(number: int) -> Response:
    """Try a failed trigger again, at once."""
    inbox().replay(number)
    return jsonify(success=True, message=f"Trigger {number} is tried again")


@blueprint.delete("/triggers/<int:number>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def delete_trigger(number: int) -> Response:
    """Forget a trigger and remove its file, unless its run is active."""
    inbox().forget(number)
    return jsonify(success=True, message=f"Trigger {number} was deleted")
