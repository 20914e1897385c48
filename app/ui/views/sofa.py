"""From the sofa: the own pictures as the clients of media servers show them."""

from flask import Blueprint, Response, make_response, request

from app.core.viewing.clients import CLIENTS, DEVICES, VIEWS
from app.core.viewing.shelves import Shelves, fill_shelves
from app.extensions import machine
from app.http.security import requires
from app.services.artwork_edits import root_mark
from app.ui.catalogue import texts_of_request
from app.ui.drawn_pictures import PRESENT, drawn_address, kind_of_preview
from app.ui.library_query import is_text, one_of_choices
from app.ui.offered_designs import OfferedDesign, designs_to_show
from app.ui.page import page, show
from app.ui.viewing_styles import viewing_styles

ROOT = "assets"
# Pixels of the drawings: a tile on the page is about a third as wide.
WIDTHS = {"poster": 320, "season": 320, "background": 640, "title_card": 640}


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/designs/sofa")(sofa_page)
    blueprint.get("/server/designs/sofa.css")(sofa_styles)


@page("read")
def sofa_page() -> Response:
    """Show rows of the own pictures in the geometry of each client, in the design that the address names."""
    asset, designs = (
        request.args.get("asset", ""),
        designs_to_show(machine().paths, texts_of_request().language),
    )
    design = designs[one_of_choices(tuple(designs), request.args.get("design"), PRESENT)]
    return show(
        "sofa.html",
        asset=asset if is_text(asset) else "",
        client=one_of_choices(CLIENTS, request.args.get("client"), CLIENTS[0]),
        **{"designs": designs, "design": design, "clients": CLIENTS, "devices": DEVICES},
        views={view.name: view for view in VIEWS},
        shelves=shelves_of(asset if is_text(asset) else ""),
        picture=lambda entry: sofa_picture(entry, design),
    )


def shelves_of(asset: str) -> Shelves:
    mark = root_mark(machine(), ROOT)
    with machine().database.reading() as session:
        return fill_shelves(session, mark.id if mark else None, asset)


def sofa_picture(entry: dict, design: OfferedDesign) -> dict:
    """{"address", "kind", "is_drawn"} of an entry's picture in a design."""
    kind = kind_of_preview(entry)
    address = drawn_address(entry, design.id, WIDTHS[kind], design.revision)
    return {"address": address, "kind": kind, "is_drawn": design.is_drawn}


@requires("read")
def sofa_styles() -> Response:
    """The geometry of the clients for the page."""
    response = make_response(viewing_styles())
    response.mimetype = "text/css"
    response.add_etag()
    return response.make_conditional(request)
