"""The page that solves a problem, and of the settings the very one."""

from collections.abc import Mapping
from typing import Any

from app.ui.optional_pages import page_address

# (endpoint, text of the link) by the source of the problem; the log knows more of everything else.
PAGES = {
    "triggers": ("ui.triggers_page", "triggers"),
    "scheduler": ("ui.schedule_page", "schedule"),
    "uploads": ("ui.attention_page", "attention"),
    "config": ("ui.settings_page", "settings"),
    "login": ("ui.settings_page", "settings"),
    "disk": ("ui.system_page", "system"),
    "releases": ("ui.system_page", "system"),
}
ELSE = ("ui.logs_page", "logs")
# Where the page of the settings has what a problem names, by the text of the problem.
PLACES_OF_SETTINGS = {
    "open_login": "WebUI.basicAuthEnabled",
    "no_password": "WebUI.basicAuthPassword",
    "known_password": "WebUI.basicAuthPassword",
    "messages": "notifications",
    "assets_missing": "PrerequisitePart.{setting}",
}

# Callers who may not read details get no values.
USUAL_VALUES = {"setting": "AssetPath"}


def problem_link(problem: Mapping[str, Any]) -> tuple[str, str] | None:
    """(address, name of its text) of the page; None where there is no such page."""
    place = PLACES_OF_SETTINGS.get(problem.get("text", ""))
    endpoint, text = PAGES["config"] if place else PAGES.get(problem["source"], ELSE)
    fragment = {"_anchor": place.format_map(USUAL_VALUES | problem.get("values", {}))} if place else {}
    address = page_address(endpoint, **fragment)
    return (address, text) if address else None
