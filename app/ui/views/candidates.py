"""The candidates for a picture, with what the providers offer now."""

from typing import Any

from flask import Blueprint, Flask, Response, request

from app.core.assets.naming import is_storable
from app.core.errors import ApplicationError
from app.core.paths import untrusted_asset_path
from app.core.samples import is_image
from app.extensions import machine
from app.ui import candidate_search
from app.ui.candidate_section import known_record, searched_section
from app.ui.library_query import one_of_choices
from app.ui.page import page, show

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
    return show("candidates.html", candidates=searched_section(asset, known_record(machine(), asset)))


def is_asset_path(asset: str) -> bool:
    try:
        return is_storable(asset) and is_image(untrusted_asset_path(asset).rpartition("/")[2])
    except ApplicationError:
        return False
