"""The settings: every one of config.json, by area, with its default, its explanation and a test."""

from typing import Any

from flask import Blueprint, Response

from app.core.errors import Conflict
from app.core.overlay_files import overlay_files
from app.core.settings.mapping import SERVERS, Naming
from app.core.settings.store import snapshot
from app.core.settings.write_access import is_config_writable
from app.extensions import machine
from app.services.server_libraries import cached_libraries
from app.ui.catalogue import LANGUAGES, texts_in, texts_of_request
from app.ui.optional_pages import page_address
from app.ui.page import page, show
from app.ui.settings_arrangement import DESIGN, settings_sections
from app.ui.settings_rows import setting_rows

# The texts of the first start that say what is wrong with an access, by the part of it.
FAULTS = "start.fault."
# (endpoint, name of its text) of pages that hold what else decides how pictures look.
ELSEWHERE = (
    ("ui.designs_page", "designs"),
    ("ui.rules_page", "rules"),
    ("ui.schedule_page", "schedule"),
    ("ui.keys_page", "keys"),
)


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/settings")(settings_page)


@page("config")
def settings_page() -> Response:
    """Show every setting; the page's scripts change them by the API."""
    pages = ((page_address(endpoint), name) for endpoint, name in ELSEWHERE)
    return show(
        "settings.html",
        elsewhere=[(address, name) for address, name in pages if address],
        is_writable=is_config_writable(machine().paths),
        **settings_values(),
    )


def settings_values() -> dict[str, Any]:
    """{"trouble", "sections", ...}: what the page shows of config.json, or why it cannot be read."""
    try:
        found = snapshot(machine().paths)
    except Conflict as error:
        return {"trouble": error.detail, "sections": []}
    texts = texts_of_request()
    sections = settings_sections(Naming(found.values))
    return {
        "trouble": "",
        "sections": sections,
        "areas_shown": list(dict.fromkeys(section.area for section in sections)),
        "design": DESIGN,
        "rows": setting_rows(found, machine(), texts.language),
        "revision": found.revision,
        "other_texts": [texts_in(each) for each in LANGUAGES if each != texts.language],
        "choices": file_choices(),
        "faults": {
            name.removeprefix(FAULTS): text for name, text in texts.texts.items() if name.startswith(FAULTS)
        },
    }


def file_choices() -> dict[str, Any]:
    """{"font": names, "overlay": names, server: names of its libraries} as they are now."""
    files = overlay_files(machine().paths.overlays)
    names = {
        kind: [file["name"] for file in files if file["type"] == type_]
        for kind, type_ in (("font", "font"), ("overlay", "image"))
    }
    listed = {name: cached_libraries(machine(), name.lower())["libraries"] for name in SERVERS.values()}
    return names | {name: [each["name"] for each in libraries] for name, libraries in listed.items()}
