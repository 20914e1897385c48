"""What the page of the first start shows."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.core.assets.totals import has_artwork
from app.core.designs.drawn_revision import drawn_revision
from app.core.designs.offering import offered_designs
from app.core.designs.shelf import design_of_id
from app.core.errors import Conflict, NotFound
from app.core.first_start.draft import DEMO, PROVIDERS, SERVERS, SOURCES, Draft, Found, found_of
from app.core.first_start.parts import connection_parts
from app.core.first_start.readiness import STEPS, Readiness, readiness
from app.core.takeover.record import stored_takeover
from app.extensions import machine
from app.models import Run
from app.services import first_start
from app.ui.catalogue import texts_of_request
from app.ui.library_query import library_query
from app.ui.newest_artwork import modified_at, newest_artwork
from app.ui.views.library import picture_address
from app.ui.views.runs import progress_values

SHOWN_POSTERS = 12


def start_values(step: str, trouble: str = "") -> dict[str, Any]:
    """The values of the template for one step; `trouble` is why the last button did nothing."""
    draft = first_start.present_draft(machine())
    state, is_demo = readiness(draft), first_start.shows_demo(machine())
    with machine().database.reading() as session:
        stored = {"takeover": stored_takeover(session), "has_artwork": has_artwork(session) and not is_demo}
        pictures = SHOWN_AT[step](session, draft) if step in SHOWN_AT else {}
    return {
        "step": step,
        "steps": STEPS,
        "state": state,
        "draft": draft,
        "trouble": trouble,
        "secrets": first_start.known_secrets(machine(), draft),
        "is_over": first_start.is_started(machine()),
        "assets": machine().roots.path("assets"),
        **source_choices(draft, state),
        **stored,
        **pictures,
    }


def source_choices(draft: Draft, state: Readiness) -> dict[str, Any]:
    """The sources and providers that can be chosen, and what tests of them found."""
    settings = machine().settings
    offers_demo = settings.demo and not settings.media_path
    found = found_of(draft, draft.source)
    return {
        "servers": SERVERS,
        "providers": PROVIDERS,
        "sources": tuple(source for source in SOURCES if source != DEMO or offers_demo),
        "fixed_folder": settings.media_path,
        "found": found,
        "parts": connection_parts(found["fault"], found["address"])
        if found and draft.source in SERVERS
        else [],
        "host": host_of_address((found or {}).get("address", "")),
        "found_keys": {name: found_of(draft, name) for name in PROVIDERS},
        "titles": sum(one["count"] or 0 for one in state.libraries if one["name"] in state.ticked),
    }


def shown_parts(draft: Draft, found: Found | None) -> list[tuple[str, str]]:
    """The parts of the connection to a server that was tested; none of any other source."""
    is_server = found is not None and draft.source in SERVERS
    return connection_parts(found["fault"], found["address"]) if is_server else []


def host_of_address(address: str) -> str:
    """Host and port of an address, the text itself where it is none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or address
    except ValueError:
        return address


def design_choices(session: Session, draft: Draft) -> dict[str, Any]:
    """The designs, and the newest poster of the library, on which each of them is shown; "" for a sample."""
    newest = newest_artwork(session, str(machine().roots.path("assets")))
    posters = [entry["path"] for entry in newest.tall if entry["kind"] == "poster"]
    try:
        offered = offered_designs(machine().paths)["designs"]
    except Conflict:
        offered = []
    revision = drawn_revision(machine().paths, None)
    return {"designs": offered, "present_revision": revision, "sample": posters[0] if posters else ""}


def name_of_design(draft: Draft) -> str:
    """The name of the chosen design in the reader's language, "" for the present settings."""
    try:
        names = design_of_id(machine().paths, draft.entry("design")).names
    except NotFound:
        return ""
    return names.get(texts_of_request().language) or next(iter(names.values()), "")


def first_pictures(session: Session, draft: Draft) -> dict[str, Any]:
    """The run of the first posters and what it has made so far, the newest first."""
    run = session.get(Run, draft.run) if draft.run else None
    newest = newest_artwork(session, str(machine().roots.path("assets")))
    since = datetime.fromisoformat(draft.began_at).timestamp() if run and draft.source != DEMO else 0
    tall = [entry for entry in newest.tall if modified_at(entry) >= since] if run else []
    return {
        "design": name_of_design(draft),
        "run": run,
        "posters": tall[:SHOWN_POSTERS],
        "address_of": lambda entry: picture_address(entry, library_query({"order": "newest"}, {})),
        **progress_values(),
    }


# What is read for some steps only.
SHOWN_AT = {"design": design_choices, "first": first_pictures}
