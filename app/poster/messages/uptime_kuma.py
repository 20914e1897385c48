"""Uptime Kuma: a push monitor that gets the outcome of each run."""

import json
from urllib.parse import parse_qsl

from app.poster.messages.message import Message, MessageTrouble
from app.poster.messages.web_address import WebAddress
from app.poster.web.endpoint import Limits
from app.poster.web.trouble import Trouble

LONGEST_MESSAGE = 250
NO_RECEIPT = "the answer is not that of a push monitor; check the address"
OURS = ("status", "msg", "ping")
ADVICE = {Trouble.NOT_FOUND: "; the monitor is paused or does not exist: copy its push address again"}


class UptimeKuma:
    """Pushes to one monitor; the rest of the address's query is kept."""

    name = "Uptime Kuma"

    def __init__(self, address: str, limits: Limits):
        self._address = WebAddress(self.name, address, limits, ADVICE)

    def send(self, message: Message) -> None:
        """Push up or down; MessageTrouble where the monitor did not take it."""
        with self._address.opened() as (session, parts):
            content, _ = session.content(parts.path, push_query(parts.query, message))
        if refusal := refusal_in(content):
            raise MessageTrouble(f"{self.name}: {refusal}")


def push_query(query: str, message: Message) -> dict[str, str]:
    """The names and values of the push, not encoded yet: those of the address, and ours in their place."""
    kept = parse_qsl(query, keep_blank_values=True)
    return {
        **{name: value for name, value in kept if name.lower() not in OURS},
        "status": "up" if message.is_good else "down",
        "msg": message.first_line[:LONGEST_MESSAGE],
        "ping": str(max(0, round(message.seconds * 1000))),
    }


def refusal_in(content: bytes) -> str:
    """Why the monitor refuses, "" where it does not: its JSON has `ok`."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return NO_RECEIPT
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        return NO_RECEIPT
    return "" if answer["ok"] else f"the push was refused: {str(answer.get('msg', ''))[:LONGEST_MESSAGE]}"
