"""The designs: each on the own pictures, to be taken, given away and kept."""

from flask import Blueprint, Response, request

from app.core.designs.packing import ENDING
from app.core.designs.taking import last_taken
from app.core.viewing.shelves import fill_shelves
from app.extensions import machine
from app.services.artwork_edits import root_mark
from app.ui.catalogue import texts_of_request
from app.ui.design_cards import design_cards, pictures_to_show
from app.ui.page import page, show

ROOT = "assets"
MOST_TURNS = 8


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/designs")(designs_page)


@page("read")
def designs_page() -> Response:
    """Show every design on one picture of each kind; another turn shows others of the library."""
    turn = request.args.get("turn", 0, type=int) % MOST_TURNS
    mark = root_mark(machine(), ROOT)
    with machine().database.reading() as session:
        shelves = fill_shelves(session, mark.id if mark else None)
    pictures = pictures_to_show(shelves, turn)
    last = last_taken(machine().paths)
    return show(
        "designs.html",
        cards=design_cards(machine().paths, pictures, texts_of_request().language),
        has_samples=None in pictures.values(),
        next_turn=None if shelves.is_empty else (turn + 1) % MOST_TURNS,
        undoable=last.design if last else "",
        ending=ENDING,
    )
