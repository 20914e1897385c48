"""Test messages, by the settings as they are and by an address that is not saved yet."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.notifications import (
    ReceiverAddressSchema,
    TestedSchema,
    ValidatedSchema,
    WebhookAddressSchema,
)
from app.core.messages import ADDRESSES, SECTION, check_receiver, send_test_messages
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("notifications", __name__, description="Messages about runs.")


@blueprint.post("/notifications/test")
@blueprint.response(200, TestedSchema)
@requires("config")
def test_notifications() -> Response:
    """Send a test message to every address of the settings, also where its switch is off."""
    results = send_test_messages(machine().engine)
    return jsonify(success=all(result["sent"] for result in results), results=results)


@blueprint.post("/validate/discord")
@blueprint.arguments(WebhookAddressSchema)
@blueprint.response(200, ValidatedSchema)
@requires("config")
def validate_discord(sent: dict) -> Response:
    """Send a test message to a webhook of Discord."""
    return validated("discord", sent["webhook_url"])


@blueprint.post("/validate/apprise")
@blueprint.arguments(ReceiverAddressSchema)
@blueprint.response(200, ValidatedSchema)
@requires("config")
def validate_apprise(sent: dict) -> Response:
    """Send a test message to an address of Apprise."""
    return validated("apprise", sent["url"])


@blueprint.post("/validate/uptimekuma")
@blueprint.arguments(ReceiverAddressSchema)
@blueprint.response(200, ValidatedSchema)
@requires("config")
def validate_uptime_kuma(sent: dict) -> Response:
    """Push "up" to a monitor of Uptime Kuma."""
    return validated("uptimekuma", sent["url"])


def validated(kind: str, address: str) -> Response:
    stored = machine().config.setting(SECTION, ADDRESSES[kind])
    return jsonify(check_receiver(machine().engine, kind, address, str(stored or "")))
