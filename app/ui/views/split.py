"""The split wall: the own pictures in one design on the left of a handle, in another one on its right."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from app.core.assets.naming import OTHER
from app.core.catalogue.selection import MISSING, Selection
from app.extensions import machine
from app.ui.catalogue import texts_of_request
from app.ui.drawn_pictures import AS_THEY_ARE, PRESENT
from app.ui.library_query import KINDS, WallQuery, one_of_choices, opened_library
from app.ui.offered_designs import OfferedDesign, designs_to_show
from app.ui.page import page, show
from app.ui.views.library import library_values, picture_address, picture_pages

SIDES = ("a", "b")
SHOWN_KINDS = tuple(kind for kind in KINDS if kind != OTHER)
# CSS pixels of the widest tile, and of what is drawn for it.
PIXELS, DRAWN = {False: 220, True: 440}, {False: 320, True: 480}


@dataclass(frozen=True)
class SplitQuery(WallQuery):
    """The library's query for pictures that there are."""

    def selection(self, root_id: int | None) -> Selection:
        found = super().selection(root_id)
        return found._replace(filters=tuple(sorted((*found.filters, (MISSING, False)))))

    def api_query(self) -> str:
        return f"{super().api_query()}&{MISSING}=false"


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/designs/split")(split_page)


@page("read")
def split_page() -> Response:
    """Show a wall of pictures of one kind in two designs, with what the address filters."""
    query = split_query()
    with machine().database.reading() as session:
        values = library_values(session, query)
    designs = designs_to_show(machine().paths, texts_of_request().language)
    return show(
        "split.html",
        query=query,
        designs=designs,
        sides=chosen_sides(designs),
        kinds=SHOWN_KINDS,
        libraries=[each["value"] for each in values["counts"]["library"]],
        look={"pixels": PIXELS[query.is_wide], "width": DRAWN[query.is_wide]},
        picture_address=picture_address,
        picture_pages=picture_pages(query),
        **values,
    )


def split_query() -> SplitQuery:
    """The library's query of the address; it always names one kind, so that all tiles have one shape."""
    fields = {name: value for name, value in request.args.items() if name != MISSING}
    kind = one_of_choices(SHOWN_KINDS, fields.get("kind"), SHOWN_KINDS[0])
    return SplitQuery(**vars(opened_library(fields | {"kind": kind}, {})))


def chosen_sides(designs: dict[str, OfferedDesign]) -> dict[str, OfferedDesign]:
    """The design of each side: that of the address, else the present one and another one beside it."""
    names = tuple(designs)
    left = one_of_choices(names, request.args.get("a"), PRESENT)
    others = [name for name in names if name not in (left, AS_THEY_ARE, PRESENT)]
    right = one_of_choices(names, request.args.get("b"), next(iter(others), names[-1]))
    return {"a": designs[left], "b": designs[right]}
