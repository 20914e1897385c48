"""The server itself: its health, versions, load and space, and what an administrator does about them."""

import platform
from typing import Any

from flask import Blueprint, Flask, Response, current_app, url_for

from app.core import health
from app.core.servers.configured_services import configured_services
from app.core.settings.masking import MASK
from app.core.takeover.record import stored_takeover
from app.core.version import package_version
from app.extensions import machine
from app.services import machine_figures
from app.services.machine_figures import machine_figures as figures
from app.services.system_readers import system_readers
from app.ui.page import page, show

PREFLIGHT = "ui.preflight_page"


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/system")(system_page)


def init_app(app: Flask) -> None:
    machine_figures.init_app(app)


@page("admin")
def system_page() -> Response:
    """Show how the server is; the page's script checks, repairs and tries by the API."""
    problems = system_readers().problems(private=True)
    return show(
        "system.html",
        problems=problems,
        is_well=health.overall(problems) == "ok",
        services=configured_services(machine().config),
        mark=MASK,
        preflight=url_for(PREFLIGHT) if PREFLIGHT in current_app.view_functions else "",
        **system_facts(),
        **measured_figures(),
    )


def system_facts() -> dict[str, Any]:
    """{"versions", "system", "takeover", "database"}: what changes rarely."""
    with machine().database.reading() as session:
        takeover = stored_takeover(session)
    return {
        "versions": {"server": package_version(), "python": platform.python_version()},
        "script": system_readers().version(),
        "system": system_readers().system_info.read(),
        "takeover": takeover,
        "database": machine().database.engine.dialect.name,
    }


def measured_figures() -> dict[str, Any]:
    """{"loads", "space", "disk"}: what is measured now and then."""
    found = figures()
    return {"loads": found.loads(), "space": found.space(), "disk": found.disk()}
