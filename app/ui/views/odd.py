"""Odd one out: each picture that breaks its set, in a row with the others."""

from flask import Blueprint, Flask, Response, request
from sqlalchemy.orm import Session

from app.core.assets.roots import PLACES
from app.core.attention.ignoring import ignored_odd_ones
from app.core.attention.odd_listing import is_ignored_odd, page_of_odd_ones
from app.core.attention.odd_sets import OddPicture, odd_pictures
from app.core.catalogue.table import source_state
from app.core.editing.places import ASSETS
from app.core.state_cache import StateCache
from app.extensions import Extension, machine
from app.services.artwork_edits import root_mark
from app.ui.attention_query import PLACES as ENDS
from app.ui.library_query import TRUE
from app.ui.page import page, show
from app.ui.views.attention import way_to_picture

PAGE_SIZE = 20
odd_cache = Extension[StateCache]("odd_pictures")


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/odd")(odd_page)


def init_app(app: Flask) -> None:
    odd_cache.attach(app, StateCache())


@page("read")
def odd_page() -> Response:
    """Show the pictures that stand out of their sets, the oddest first."""
    mark, ignored = root_mark(machine(), ASSETS), request.args.get("ignored") == TRUE
    places = {name: request.args.get(name, "") for name in ENDS}
    with machine().database.reading() as session:
        known = known_odd_pictures(session, mark.id if mark else None)
        ignores = ignored_odd_ones(session)
    found = page_of_odd_ones(known, ignores, PLACES[ASSETS].prefix, PAGE_SIZE, ignored, **places)
    count = sum(is_ignored_odd(odd, ignores) for odd in known)
    values = {"found": found, "is_ignored": ignored, "ignored_count": count, "way": way_to_picture}
    return show("odd.html", is_scanned=bool(mark and mark.scanned_at), **values)


def known_odd_pictures(session: Session, root_id: int | None) -> list[OddPicture]:
    """Looked for once for each state of catalogue and journal."""
    states = machine().picture_states.by_path()
    state = root_id, source_state(session).version, states.digest
    return odd_cache().built("odd pictures", lambda: odd_pictures(session, root_id, states.states), state)
