"""What settings and rules that are not saved would cost, as the poster engine counts it."""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.errors import Conflict
from app.core.item_rules.checking import mistakes
from app.core.settings.mistakes import refuse_settings

PRICE = "price"
PRICE_SECONDS = 60.0

AskEngine = Callable[[Mapping[str, Any]], dict[str, Any]]


def price_of(ask: AskEngine, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The engine's answer; `InvalidSettings` names what is wrong with the rules by place."""
    refuse_settings({} if wanted.get("rules") is None else mistakes(wanted["rules"]))
    found = ask({name: wanted.get(name) for name in ("settings", "rules")})
    if "problem" in found:
        raise Conflict(f"{found['problem'][:1].upper()}{found['problem'][1:]}.")
    return found
