"""The webhooks of Sonarr, Radarr and Tautulli."""

from flask import Response, jsonify, request

from app.api.api_blueprint import ApiBlueprint
from app.api.bodies import json_body, whole_body
from app.api.document import ErrorSchema
from app.api.schemas.webhooks import WebhookSchema
from app.core.senders import ConnectionTest, Event, Ignored, Reading, read_arr, read_tautulli
from app.core.senders.body import read_json, read_json_or_form
from app.core.senders.tautulli import WHOLE_TEMPLATE
from app.core.triggers.connection import connection_checks, last_run
from app.core.triggers.sender_tests import note_test, sender_of_test
from app.extensions import machine
from app.http.security import current_caller, requires
from app.models.base import now
from app.services.inbox import inbox

blueprint = ApiBlueprint("webhooks", __name__, description="What Sonarr, Radarr and Tautulli send.")

# These senders take a redirect for success, and the event would be lost.
NEVER_REDIRECTED = {"strict_slashes": False, "merge_slashes": False}
JSON = "application/json"
ARR_BODY = {
    "required": True,
    "content": {JSON: {"schema": {"type": "object"}, "example": {"eventType": "Test"}}},
}
TAUTULLI_BODY = {
    "required": False,
    "content": {
        JSON: {
            "schema": {"type": "object"},
            "example": WHOLE_TEMPLATE,
        }
    },
}


@blueprint.post("/webhook/arr", endpoint="post_arr", **NEVER_REDIRECTED)
@blueprint.put("/webhook/arr", endpoint="put_arr", **NEVER_REDIRECTED)
@blueprint.doc(requestBody=ARR_BODY)
@blueprint.response(200, WebhookSchema)
@blueprint.alt_response(400, schema=ErrorSchema)
@blueprint.alt_response(413, schema=ErrorSchema)
@blueprint.alt_response(415, schema=ErrorSchema)
@requires("webhook")
def arr() -> Response:
    """Queue what Sonarr or Radarr has imported; every other event is ignored by name."""
    return replied(read_arr(read_json(json_body()), request.user_agent.string))


@blueprint.post("/webhook/tautulli", **NEVER_REDIRECTED)
@blueprint.doc(requestBody=TAUTULLI_BODY)
@blueprint.response(200, WebhookSchema)
@blueprint.alt_response(400, schema=ErrorSchema)
@blueprint.alt_response(413, schema=ErrorSchema)
@requires("webhook")
def tautulli() -> Response:
    """Queue what was added to Plex; the body of Tautulli's Test button is checked and not queued."""
    return replied(read_tautulli(read_json_or_form(whole_body())))


def replied(reading: Reading) -> Response:
    if isinstance(reading, Ignored):
        return jsonify(success=True, message=reading.message)
    return tested(reading.sender) if isinstance(reading, ConnectionTest) else queued(reading)


def tested(sender: str) -> Response:
    """Return the checks that show whether a first event would be processed; nothing is queued."""
    found, caller = machine(), current_caller()
    name = caller.name if caller else "The caller"
    mode = "tautulli" if sender == "Tautulli" else "arr"
    with found.database.reading() as session:
        last = last_run(session, mode)
    results = connection_checks(
        found.paths,
        found.config,
        found.settings.poster_script,
        found.settings.trigger_consumer,
        name,
        mode,
        last,
    )
    with found.database.writing() as session:
        note_test(session, sender_of_test(sender, request.user_agent.string), name, now())
    return jsonify(success=True, message="Test successful", checks=results)


def queued(events: tuple[Event, ...]) -> Response:
    receipt = inbox().receive(events)
    sender = events[0].sender
    message = "Tautulli trigger queued" if sender == "Tautulli" else f"Trigger queued for {sender}"
    return jsonify(
        success=True, message=message, file=receipt.files[0], files=receipt.files, queued=receipt.queued
    )
