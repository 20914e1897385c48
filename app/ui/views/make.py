"""Make a poster: title, picture and kind, drawn while they are typed, and put where it belongs."""

from typing import Any

from flask import Blueprint, Response, request

from app.core.assets.item_folders import library_choices
from app.core.assets.naming import is_storable
from app.core.errors import ApplicationError
from app.core.paths import untrusted_asset_path
from app.core.previews.made_place import kind_of_path
from app.core.samples import is_image
from app.extensions import machine
from app.services.artwork_edits import root_mark
from app.ui.page import page, show

KINDS = ("poster", "season", "background", "title_card", "collection")


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/make")(make_page)


@page("assets")
def make_page() -> Response:
    """Show the form of a poster that is made by hand; `asset` of the query is where it shall be put."""
    return show(
        "make.html", kinds=KINDS, libraries=known_libraries(), **asked_place(request.args.get("asset", ""))
    )


def known_libraries() -> list[str]:
    """The names of the libraries that have artwork."""
    mark = root_mark(machine(), "assets")
    with machine().database.reading() as session:
        return [each["name"] for each in library_choices(session, mark.id)] if mark else []


def asked_place(asset: str) -> dict[str, Any]:
    """{"asset", "kind"} of the picture whose page led here, "" and a poster where there is none."""
    try:
        is_path = is_storable(asset) and is_image(untrusted_asset_path(asset).rpartition("/")[2])
    except ApplicationError:
        is_path = False
    return {"asset": asset, "kind": kind_of_path(asset)} if is_path else {"asset": "", "kind": KINDS[0]}
