"""The inquiries that there are, by name."""

from collections.abc import Callable, Mapping
from typing import Any

from app.poster.inquiries.drawn_overlay import draw_given_overlay
from app.poster.inquiries.folder_search import search_folder
from app.poster.inquiries.inquiry import BadInquiry, Inquiry
from app.poster.inquiries.overlay_file import check_overlay_file, check_overlay_files
from app.poster.inquiries.server_actions import act_on_server
from app.poster.inquiries.server_art import read_server_art
from app.poster.inquiries.server_libraries import items_of_plex, list_libraries
from app.poster.inquiries.server_search import search_server
from app.poster.inquiries.validation import validate

INQUIRIES: Mapping[str, Callable[[Inquiry], dict[str, Any]]] = {
    "overlay-file": check_overlay_file,
    "overlay-files": check_overlay_files,
    "draw-overlay": draw_given_overlay,
    "validate": validate,
    "libraries": list_libraries,
    "plex-items": items_of_plex,
    "server-action": act_on_server,
    "server-art": read_server_art,
    "search-server": search_server,
    "search-folder": search_folder,
}


def respond(name: str, inquiry: Inquiry) -> dict[str, Any]:
    """The document that answers the inquiry of that name; BadInquiry where there is none of that name."""
    if name not in INQUIRIES:
        raise BadInquiry(f"There is no inquiry {name[:64]!r}; there are {', '.join(INQUIRIES)}")
    return INQUIRIES[name](inquiry)
