"""The library: all artwork on one wall, searched, filtered and sorted by the address."""

from itertools import accumulate
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from sqlalchemy.orm import Session

from app.core.assets.naming import KINDS, OTHER
from app.core.assets.register import RootMark, marks
from app.core.assets.roots import PLACES
from app.core.catalogue.facets import facet_counts
from app.core.catalogue.listing import catalogued_entries
from app.core.catalogue.selection import Selection
from app.core.catalogue.table import source_state
from app.core.editing.edits import DELETE, HOLD, RELEASE
from app.core.editing.selection import REDRAW
from app.core.execution.run_offers import missing_switch
from app.core.modes import FULL_RUN, ONLY
from app.core.state_cache import StateCache
from app.extensions import Extension, machine
from app.services.offered_runs import offered_runs
from app.ui.library_query import (
    ALL_KINDS,
    ORDERS,
    PAGE_SIZE,
    SHOWN_FLAGS,
    SIZES,
    VALUES,
    WallQuery,
    opened_library,
)
from app.ui.page import page, show
from app.ui.page_numbers import PageNumbers

ROOT = "assets"
PICTURE_PAGE, MISSING_PAGE = "ui.picture_page", "ui.missing_page"
# Counting takes one pass over the whole catalogue; so many addresses have their counts until it changes.
KEPT_COUNTS = 64
library_counts = Extension[StateCache]("library_counts")
# CSS pixels of the widest tile of a size, by which a browser chooses a thumbnail.
ACTIONS = (HOLD, RELEASE, REDRAW, DELETE)
TILE_PIXELS = {"small": 160, "medium": 220, "large": 320}


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/library")(library_page)


def init_app(app: Flask) -> None:
    library_counts.attach(app, StateCache(KEPT_COUNTS))


@page("read")
def library_page() -> Response:
    """Show a page of the artwork; with scripts it becomes a wall that is scrolled from end to end."""
    query = opened_library(request.args, request.cookies)
    with machine().database.reading() as session:
        values = library_values(session, query)
    actions = [action for action in ACTIONS if action != REDRAW or can_redraw_chosen()]
    return show("library.html", query=query, actions=actions, **values, **offered_choices(query))


def can_redraw_chosen() -> bool:
    """Whether a run over chosen pictures can be started now."""
    is_offered = any(offer.available for offer in offered_runs(machine()) if offer.mode == FULL_RUN)
    return is_offered and not missing_switch(machine().settings.poster_script, ONLY)


def library_values(session: Session, query: WallQuery) -> dict[str, Any]:
    """{"entries", "counts", "pages", "letters", "is_scanned"} of what the address asks for."""
    mark = marks(session).get(ROOT)
    known = mark if mark and mark.path == str(machine().roots.path(ROOT)) else None
    selection = query.selection(known.id if known else None)
    counts = counts_of_library(session, selection, query, known)
    part, prefix = query.arrangement(), PLACES[ROOT].prefix
    entries = catalogued_entries(session, selection, part, prefix, counts["total"])
    return {
        "entries": list(entries),
        "counts": counts,
        "kind_counts": kind_counts(counts),
        "pages": PageNumbers(query.page, PAGE_SIZE, counts["total"]),
        "places": indexed_places(query, counts),
        "is_scanned": bool(known and known.scanned_at),
    }


def counts_of_library(
    session: Session, selection: Selection, query: WallQuery, mark: RootMark | None
) -> dict[str, Any]:
    """The counts of `facet_counts`, made again when index or catalogue have changed."""
    state = mark.version if mark else None, source_state(session).version
    many = tuple(filter(None, [query.jump_index]))
    return library_counts().built((selection, many), lambda: facet_counts(session, selection, many), state)


def indexed_places(query: WallQuery, counts: dict[str, Any]) -> list[tuple[str, int, int]]:
    """(letter or year, place of its first entry, page of it) where the order has such an index."""
    if query.jump_index is None:
        return []
    found = counts[query.jump_index]
    if query.order in ("title_back", "year_back"):
        found = found[::-1]
    offsets = accumulate((each["count"] for each in found), initial=0)
    names = (str(next(iter(each.values()))) for each in found)
    return [(name, place, place // PAGE_SIZE + 1) for name, place in zip(names, offsets, strict=False)]


def kind_counts(counts: dict[str, Any]) -> list[tuple[str, int]]:
    """(kind, count) of the kinds that there are, and before them all that a wall of all kinds holds."""
    found = {each["value"]: each["count"] for each in counts["kind"]}
    whole = sum(count for kind, count in found.items() if kind != OTHER)
    return [(ALL_KINDS, whole), *((kind, found[kind]) for kind in KINDS if kind in found)]


def offered_choices(query: WallQuery) -> dict[str, Any]:
    """What the form and the filters offer, and where a picture leads to."""
    return {
        "orders": ORDERS,
        "sizes": SIZES,
        "facets": [name for name in VALUES if name != "kind"],
        "all_kinds": ALL_KINDS,
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
