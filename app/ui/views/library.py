"""The library: all artwork on one wall, searched, filtered and sorted by the address."""

from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from sqlalchemy.orm import Session

from app.core.assets.naming import KINDS
from app.core.assets.register import RootMark, marks
from app.core.assets.roots import PLACES
from app.core.catalogue.facets import facet_counts
from app.core.catalogue.listing import catalogued_entries
from app.core.catalogue.selection import Selection
from app.core.catalogue.table import source_state
from app.core.state_cache import StateCache
from app.extensions import Extension, machine
from app.ui.library_query import (
    ORDERS,
    PAGE_SIZE,
    SHOWN_FLAGS,
    SIZES,
    VALUES,
    WallQuery,
    library_query,
)
from app.ui.page import page, show
from app.ui.page_numbers import PageNumbers

ROOT = "assets"
PICTURE_PAGE, MISSING_PAGE = "ui.picture_page", "ui.missing_page"
# Counting takes one pass over the whole catalogue; so many addresses have their counts until it changes.
KEPT_COUNTS = 64
library_counts = Extension[StateCache]("library_counts")
# CSS pixels of the widest tile of a size, by which a browser chooses a thumbnail.
TILE_PIXELS = {"small": 160, "medium": 220, "large": 320}


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/library")(library_page)


def init_app(app: Flask) -> None:
    library_counts.attach(app, StateCache(KEPT_COUNTS))


@page("read")
def library_page() -> Response:
    """Show a page of the artwork; with scripts it becomes a wall that is scrolled from end to end."""
    query = library_query(request.args, request.cookies)
    with machine().database.reading() as session:
        values = library_values(session, query)
    return show("library.html", query=query, **values, **offered_choices(query))


def library_values(session: Session, query: WallQuery) -> dict[str, Any]:
    """{"entries", "counts", "pages", "letters", "is_scanned"} of what the address asks for."""
    mark = marks(session).get(ROOT)
    known = mark if mark and mark.path == str(machine().roots.path(ROOT)) else None
    selection = query.selection(known.id if known else None)
    counts = counts_of_library(session, selection, known)
    entries = catalogued_entries(session, selection, query.arrangement(), PLACES[ROOT].prefix)
    return {
        "entries": list(entries),
        "counts": counts,
        "pages": PageNumbers(query.page, PAGE_SIZE, counts["total"]),
        "letters": letter_places(query, counts),
        "is_scanned": bool(known and known.scanned_at),
    }


def counts_of_library(session: Session, selection: Selection, mark: RootMark | None) -> dict[str, Any]:
    """The counts of `facet_counts`, made again when index or catalogue have changed."""
    state = mark.version if mark else None, source_state(session).version
    return library_counts().built(selection, lambda: facet_counts(session, selection), state)


def letter_places(query: WallQuery, counts: dict[str, Any]) -> list[tuple[str, int, int]]:
    """(letter, place of its first entry, page of it) where the order is that of titles."""
    if query.order not in ("title", "title_back"):
        return []
    is_back, total = query.order == "title_back", counts["total"]
    places = [
        (each["letter"], total - each["offset"] - each["count"] if is_back else each["offset"])
        for each in counts["letters"]
    ]
    return [(letter, place, place // PAGE_SIZE + 1) for letter, place in sorted(places, key=lambda it: it[1])]


def offered_choices(query: WallQuery) -> dict[str, Any]:
    """What the form and the filters offer, and where a picture leads to."""
    return {
        "orders": ORDERS,
        "sizes": SIZES,
        "facets": VALUES,
        "flags": SHOWN_FLAGS,
        "kinds": KINDS,
        "pixels": TILE_PIXELS[query.size] * (2 if query.is_wide else 1),
        "picture_address": picture_address,
        "picture_pages": picture_pages(query),
    }


def picture_pages(query: WallQuery) -> str:
    """The address of the page of a picture without its path."""
    return url_for(PICTURE_PAGE, asset="", **query.address())


def picture_address(entry: dict[str, Any], query: WallQuery) -> str:
    """The page of an entry, also of one without a picture, whose arrows follow the query."""
    if entry["path"] is None:
        return url_for(MISSING_PAGE, choice=entry["choice_id"], **query.address())
    return url_for(PICTURE_PAGE, asset=entry["path"], **query.address())
