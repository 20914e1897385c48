"""The rules: settings for some libraries, labels, titles or shows."""

from typing import Any

from flask import Blueprint, Response, request

from app.core.errors import Conflict
from app.core.item_rules.checking import COVERS, KINDS, ORDERS, PROVIDERS, SIZES
from app.core.item_rules.rules_document import rules_state
from app.extensions import machine
from app.ui.page import page, show

# What of the address becomes the conditions of a new rule.
PREFILLED = ("library", "title", "show")
LONGEST_PREFILLED = 300


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/settings/rules")(rules_page)


@page("config")
def rules_page() -> Response:
    """Show the rules; the page's scripts change them by the API."""
    choices = {"kinds": KINDS, "orders": ORDERS, "covers": COVERS, "providers": PROVIDERS, "sizes": SIZES}
    return show("rules.html", begun=begun_rule(), **choices, **present_rules())


def present_rules() -> dict[str, Any]:
    """{"rules", "revision", "mistakes", "trouble"}: what the file says, or why it cannot be read."""
    try:
        found = rules_state(machine().paths)
    except Conflict as error:
        return {"rules": [], "revision": "", "mistakes": {}, "trouble": error.detail}
    rules = [rule for rule in found.rules if isinstance(rule, dict)]
    return {"rules": rules, "revision": found.revision, "mistakes": found.mistakes, "trouble": ""}


def begun_rule() -> dict[str, Any] | None:
    """The rule that a link from elsewhere begins, None where there is no such link."""
    given = {name: request.args.get(name, "").strip()[:LONGEST_PREFILLED] for name in PREFILLED}
    when = {name: word for name, word in given.items() if word}
    return {"name": " · ".join(when.values()), "when": when, "set": {}} if when else None
