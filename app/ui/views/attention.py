"""What needs a person: the pictures of one concern, to be worked through one after the other."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from app.core.assets.naming import KINDS
from app.core.assets.roots import PLACES
from app.core.attention.ignoring import ignored_kinds
from app.core.attention.listing import (
    AttentionPage,
    AttentionSelection,
    concern_counts,
    most_urgent,
    page_of_concern,
)
from app.core.attention.summary import libraries_of_concern
from app.core.catalogue.concerns import CONCERNS
from app.core.choices.artwork import Tree
from app.core.decisions.concern_details import concern_details
from app.core.editing.places import ASSETS
from app.core.errors import Invalid
from app.extensions import machine
from app.services.artwork_edits import artwork_tree, root_mark
from app.ui.attention_query import PAGE_SIZE, AttentionQuery, attention_query
from app.ui.page import page, show

PICTURE_PAGE, MISSING_PAGE = "ui.picture_page", "ui.missing_page"


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/attention")(attention_page)


@page("read")
def attention_page() -> Response:
    """Show what needs a person, the concern with the most urgent pictures first."""
    mark, tree = root_mark(machine(), ASSETS), artwork_tree(machine())
    query = attention_query(request.args)
    with machine().database.reading() as session:
        values = attention_values(session, query, tree)
    return show("attention.html", is_scanned=bool(mark and mark.scanned_at), kinds=KINDS, **values)


def attention_values(session: Session, query: AttentionQuery, tree: Tree) -> dict[str, Any]:
    """What the template shows of what the address asks for."""
    selection = query.selection(tree.root_id)
    counts = concern_counts(session, selection)
    concern = query.concern or most_urgent(counts)
    found = found_page(session, AttentionSelection(selection, concern, query.ignored, tree), query)
    return {
        "query": query,
        "concern": concern,
        "counts": counts,
        "found": found,
        "libraries": libraries_of_concern(session, tree.root_id),
        "ignores": ignored_kinds(session, int(CONCERNS[concern])),
        "details": concern_details(
            machine().paths.engine, concern, (each["asset"] for each in found.entries)
        ),
        "way": way_to_picture,
    }


def found_page(session: Session, wanted: AttentionSelection, query: AttentionQuery) -> AttentionPage:
    """The page at the place of the address; a place that is none counts as the beginning."""
    prefix = PLACES[ASSETS].prefix
    try:
        return page_of_concern(session, wanted, prefix, PAGE_SIZE, **query.places)
    except Invalid:
        return page_of_concern(session, wanted, prefix, PAGE_SIZE)


def way_to_picture(entry: dict[str, Any]) -> str:
    """Where a tile leads to: the page of its picture, or of the choice of which there is none."""
    if entry["path"] is not None:
        return url_for(PICTURE_PAGE, asset=entry["path"])
    return url_for(MISSING_PAGE, choice=entry["choice_id"])
