"""The candidates for a picture, with what the providers offer now."""

from typing import Any

from flask import Blueprint, Flask, Response, current_app, request, url_for

from app.core.assets.naming import is_storable
from app.core.decisions.record import decision_of
from app.core.errors import ApplicationError
from app.core.paths import untrusted_asset_path
from app.core.samples import is_image
from app.extensions import machine
from app.ui import candidate_search
from app.ui.candidate_section import searched_section
from app.ui.library_query import one_of_choices
from app.ui.page import page, show
from app.ui.views.library import PICTURE_PAGE

UNTITLED = "untitled"
WAYS = ("drawn", UNTITLED, "as_is")
WAY_COOKIE = "candidate_way"


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/candidates/<path:asset>")(candidates_page)
    blueprint.app_context_processor(taking_values)


def init_app(app: Flask) -> None:
    candidate_search.init_app(app)


def taking_values() -> dict[str, Any]:
    """{"ways", "way"}: how a picture can be taken, and how this browser took the last one.

    Another script draws no picture without its title.
    """
    ways = [way for way in WAYS if way != UNTITLED or not machine().settings.poster_script]
    return {"ways": ways, "way": one_of_choices(tuple(ways), request.cookies.get(WAY_COOKIE), ways[0])}


@page("assets")
def candidates_page(asset: str) -> Response:
    """Show all candidates of an asset; the providers are asked, which may take some seconds."""
    if not is_asset_path(asset):
        response = show("candidates/absent.html", asset=asset)
        response.status_code = 404
        return response
    has_page = PICTURE_PAGE in current_app.view_functions
    back = url_for(PICTURE_PAGE, asset=asset) if has_page else url_for("ui.library_page")
    return show("candidates.html", candidates=searched_section(asset, record_of(asset)), back=back)


def record_of(asset: str) -> dict | None:
    """The decision record, None where there is none, or none that can be read now."""
    try:
        return decision_of(machine().paths.engine, asset)
    except ApplicationError:
        return None


def is_asset_path(asset: str) -> bool:
    try:
        return is_storable(asset) and is_image(untrusted_asset_path(asset).rpartition("/")[2])
    except ApplicationError:
        return False
