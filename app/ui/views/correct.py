"""Correct a title: its lines, size, place and ground, drawn live; then the pictures with the same fault."""

from typing import Any

from flask import Blueprint, Response

from app.core.assets.addresses import picture_addresses
from app.core.assets.roots import PLACES
from app.core.catalogue.neighbours import entry_at_path
from app.core.editing.places import ASSETS
from app.core.errors import ApplicationError, NotFound
from app.core.item_rules.checking import LONGEST_TEXT, MOVES, SHADES, SIZES
from app.core.likeness.alike import MeasuredPicture
from app.core.likeness.corrections import TitleAbsent
from app.extensions import machine
from app.services.alike_titles import alike_titles
from app.services.artwork_edits import root_mark
from app.services.title_corrections import correctable_title
from app.ui.page import page, show
from app.ui.picture_details import measured, shape_of

# (field, lowest, highest, step), in per cent: a range is easier to move where its ends are not the last ones.
SLIDERS = (
    ("size", max(SIZES[0], 40), SIZES[1], 5),
    ("move", max(MOVES[0], -30), MOVES[1], 1),
    ("shade", *SHADES, 5),
)
UNUSUAL_SHAPE = (2000, 3000)


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/correct/<path:asset>")(correct_page)


@page("read")
def correct_page(asset: str) -> Response:
    """Show the title as it is and as it will be, and what has the fault that its last correction mended."""
    try:
        title = correctable_title(machine(), asset)
    except ApplicationError as error:
        return without_title(asset, error)
    entry = present_entry(asset)
    shape = shape_of(entry, measured(machine(), entry)) if entry else UNUSUAL_SHAPE
    values = {"alike": alike_titles(machine(), asset), "sliders": SLIDERS, "longest": LONGEST_TEXT}
    return show("correct.html", title=title, entry=entry, shape=shape, thumbnail=picture_thumbnail, **values)


def picture_thumbnail(picture: MeasuredPicture) -> str:
    """The address of the picture as it is, to which a width is appended."""
    found = picture_addresses(PLACES[ASSETS].prefix, picture.path, picture.digest, picture.color)
    return found["thumbnail_url"]


def present_entry(asset: str) -> dict[str, Any] | None:
    """The picture in the catalogue, None for one that is not there any more."""
    mark = root_mark(machine(), ASSETS)
    with machine().database.reading() as session:
        return entry_at_path(session, mark and mark.id, asset, PLACES[ASSETS].prefix)


def without_title(asset: str, error: ApplicationError) -> Response:
    """Why there is nothing to correct, with a way back."""
    code = {NotFound: "unknown", TitleAbsent: "absent"}.get(type(error), "")
    response = show("correct/none.html", asset=asset, code=code, why=error.detail)
    response.status_code = 404
    return response
