"""Test messages to the receivers of the section Notification, sent by the poster engine as after a run."""

import json
from collections.abc import Mapping
from typing import Any

from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid
from app.core.settings.masking import MASK

SECTION = "Notification"
SWITCH = "-NotifyTest"
# The engine gives each receiver eight seconds.
LONGEST = 60.0
ADDRESSES = {"discord": "Discord", "apprise": "AppriseUrl", "uptimekuma": "UptimeKumaUrl"}


def send_test_messages(engine: EngineCalls, given: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """[{receiver, sent, detail}] for every address of config.json, or of `given` alone."""
    secret = {} if given is None else {"MESSAGE_SETTINGS": json.dumps(dict(given))}
    return engine.ask(SWITCH, seconds=LONGEST, secret=secret)["results"]


def check_receiver(engine: EngineCalls, kind: str, address: str, stored: str) -> dict[str, Any]:
    """{valid, message, details}: whether a test message arrives at the address of that kind.

    `stored` is the address of config.json, which is meant where the given one is masked.
    """
    known = stored if address.strip() == MASK else address.strip()
    if not known:
        raise Invalid("There is no address to try.")
    results = send_test_messages(engine, {ADDRESSES[kind]: known})
    failed = next((result for result in results if not result["sent"]), None)
    names = [result["receiver"] for result in results]
    if failed:
        return {"valid": False, "message": failed["detail"], "details": {"receivers": names}}
    return {"valid": True, "message": "The test message was sent.", "details": {"receivers": names}}
