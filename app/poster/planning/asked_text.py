"""A text that a person gives one asset in a full run over it."""

import json
from dataclasses import replace

from app.poster.records.decision import Decision
from app.poster.script.arguments import Order
from app.poster.script.exits import ExitCode, HandledExit

TEXT = "Titletext"


def text_of(order: Order) -> str | None:
    """The text that is to be drawn, None for the usual one; HandledExit for what is no JSON string."""
    if TEXT not in order.values:
        return None
    try:
        text = json.loads(order.value(TEXT))
    except ValueError:
        text = None
    if not isinstance(text, str) or len(order.paths("Only")) != 1:
        reason = f"-{TEXT} in a full run needs a JSON string, and -Only with exactly one path"
        raise HandledExit(ExitCode.BAD_ARGUMENTS, reason)
    return text


def with_asked_text(decision: Decision, order: Order) -> Decision:
    """The decision with the text of the order; a blank one leaves the picture without."""
    text = text_of(order) if decision.path in order.paths("Only") else None
    if text is None:
        return decision
    treatment = replace(decision.treatment, title=text, with_text=bool(text.strip()), asked=True)
    return replace(decision, treatment=treatment, logo=None)
