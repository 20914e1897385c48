"""One picture: large, with what is known of it, and the ones before and after it in the list."""

from typing import Any

from flask import Blueprint, Response, request

from app.core.runs import LARGEST_NUMBER
from app.extensions import machine
from app.ui.candidate_section import missing_candidates, stored_section
from app.ui.figures import file_size
from app.ui.library_query import library_query
from app.ui.page import page, show
from app.ui.picture_details import (
    ListedPicture,
    as_moment,
    journal_values,
    listed_missing,
    listed_picture,
    measured,
    shape_of,
    why_missing,
)
from app.ui.views.library import picture_address, picture_pages

# Of the thumbnails that a browser chooses from.
WIDTHS = (320, 640, 960)


def register(blueprint: Blueprint) -> None:
    blueprint.add_app_template_filter(as_moment)
    blueprint.add_app_template_filter(file_size)
    blueprint.get("/server/picture/<path:asset>")(picture_page)
    blueprint.get("/server/picture/")(missing_page)


@page("read")
def picture_page(asset: str) -> Response:
    """Show one picture; one that there is not is 404, with a way back to the library."""
    query = library_query(request.args, request.cookies)
    found = listed_picture(machine(), query, asset)
    if found is None:
        return answered("picture/absent.html", 404, query=query, asset=asset)
    size = measured(machine(), found.entry)
    values = journal_values(machine(), found.entry)
    values["can_redraw"] = can_redraw(values["decision"])
    values["has_title"] = has_title(values["decision"])
    values["candidates"] = stored_section(asset, values["decision"])
    shape = shape_of(found.entry, size)
    return answered(
        "picture/picture.html", query=query, **list_values(found), size=size, shape=shape, **values
    )


def can_redraw(decision: dict[str, Any] | None) -> bool:
    """Whether a run can draw it: one of the built-in script, which knows what it is of."""
    return decision is not None and not machine().settings.poster_script


def has_title(record: dict[str, Any] | None) -> bool:
    """Whether a title is drawn on it, and no logo in its place."""
    treatment = record["decision"].get("treatment", {}) if record else {}
    return bool(treatment.get("title") and treatment.get("with_text") and not record["decision"].get("logo"))


@page("read")
def missing_page() -> Response:
    """Show a choice of which there is no picture, and what can be done about it."""
    query = library_query(request.args, request.cookies)
    number = request.args.get("choice", default=0, type=int)
    found = listed_missing(machine(), query, number) if 0 < number <= LARGEST_NUMBER else None
    if found is None:
        return answered("picture/absent.html", 404, query=query, asset="")
    candidates = missing_candidates(machine(), number)
    why = why_missing(machine(), candidates.asset if candidates else "")
    return answered("picture/missing.html", query=query, candidates=candidates, **why, **list_values(found))


def answered(template: str, status: int = 200, **values: Any) -> Response:
    """The page, whose status stays 304 for a browser that has it."""
    query = values["query"]
    response = show(template, **values, widths=WIDTHS, address=picture_address, pages=picture_pages(query))
    response.status_code = status if status != 200 else response.status_code
    return response


def list_values(found: ListedPicture) -> dict[str, Any]:
    return {"entry": found.entry, "list": found.list, "library_page": found.page}
