"""The triggers: what senders have reported and what became of it, and how a sender is connected."""

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from app.core.access.redaction import redact
from app.core.senders.tautulli import WHOLE_TEMPLATE
from app.core.triggers.listing import describe_triggers, item_parts, trigger_figures, trigger_rows
from app.core.triggers.sender_tests import SENDERS, latest_events, sender_tests
from app.extensions import machine
from app.models import Trigger, TriggerStatus
from app.ui.page import page, show
from app.ui.page_numbers import PageNumbers, wanted_page

PAGE_SIZE = 25
STATES = tuple(str(status) for status in TriggerStatus)


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/triggers")(triggers_page)


@page("read")
def triggers_page() -> Response:
    """List triggers, newest first; state, sender and page stand in the address."""
    chosen = {"status": chosen_of("state", STATES), "sender": chosen_of("sender", SENDERS)}
    number = wanted_page(request.args.get("page"))
    with machine().database.reading() as session:
        rows, total = trigger_rows(session, PAGE_SIZE, (number - 1) * PAGE_SIZE, **chosen)
        values = connection_values(session) | {"triggers": shown_triggers(session, rows)}
    pages = PageNumbers(number, PAGE_SIZE, total)
    return show("triggers.html", pages=pages, chosen=chosen, states=STATES, senders=SENDERS, **values)


def chosen_of(name: str, known: tuple[str, ...]) -> str | None:
    value = request.args.get(name)
    return value if value in known else None


def shown_triggers(session: Session, rows: list[Trigger]) -> list[dict[str, Any]]:
    """The triggers as in the API, each with its times and `payload`: what was sent, without secrets."""
    described = zip(describe_triggers(session, rows), rows, strict=True)
    return [{**shown, **more_of(row, shown["waiting_until"])} for shown, row in described]


def more_of(row: Trigger, until: str | None) -> dict[str, Any]:
    hidden = machine().secret_values()
    return {
        "words": {name: redact(word, hidden) for name, word in item_parts(row).items()},
        "last_error": redact(row.last_error or "", hidden),
        "received": row.received_at,
        "until": datetime.fromisoformat(until) if until else None,
        "payload": [(name, redact(str(value), hidden)) for name, value in row.fields],
        "can_replay": bool(row.fields),
    }


def connection_values(session: Session) -> dict[str, Any]:
    """What the figures and the guides are made of."""
    return {
        "figures": trigger_figures(session),
        "tests": sender_tests(session),
        "latest": latest_events(session),
        "json_data": json.dumps(WHOLE_TEMPLATE, indent=2),
    }
