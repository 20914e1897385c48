"""The preflight: the hardest titles of the library on one sheet, and what of them will not fit."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response

from app.core.config_file import ConfigFile
from app.core.errors import ConfigUnreadable, NotFound, Unavailable
from app.core.execution.preflights import read_preflight, sheet_size
from app.core.modes import PREFLIGHT
from app.core.runs import unended_of
from app.extensions import machine
from app.services.offered_runs import offered_runs
from app.ui.page import page, show
from app.ui.views.runs import progress_values

SIZES = ("minPointSize", "maxPointSize")


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/preflight")(preflight_page)


@page("read")
def preflight_page() -> Response:
    """Show the last preflight, what loses text first."""
    offer = next((each for each in offered_runs(machine()) if each.mode == PREFLIGHT), None)
    with machine().database.reading() as session:
        run = unended_of(session, PREFLIGHT)
    settings = changeable(machine().config)
    return show("preflight.html", offer=offer, run=run, settings=settings, **last_one(), **progress_values())


def last_one() -> dict[str, Any]:
    """{"found", "size", "trouble"} of the last preflight; `found` is None where there is none to be read."""
    try:
        found = read_preflight(machine().paths.engine)
    except NotFound:
        return {"found": None, "size": None, "trouble": ""}
    except Unavailable as error:
        return {"found": None, "size": None, "trouble": error.detail}
    found["pictures"].sort(key=lambda picture: picture["fits"])
    made_at = datetime.fromisoformat(found["made_at"])
    return {"found": found, "made_at": made_at, "size": sheet_size(machine().paths.engine), "trouble": ""}


def changeable(config: ConfigFile) -> list[tuple[str, str, Any]]:
    """(section, name, present value) of the sizes of text, which decide whether a title fits."""
    try:
        sections = config.values().items()
    except ConfigUnreadable:
        return []
    parts = [(section, part) for section, part in sections if isinstance(part, dict)]
    return [(section, name, part[name]) for section, part in parts for name in SIZES if name in part]
