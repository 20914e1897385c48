"""What a person has a media server do to an item or a library."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from app.poster.inquiries.inquiry import BadInquiry, Inquiry, is_key
from app.poster.inquiries.server_check import open_service
from app.poster.inquiries.server_libraries import SERVERS, container_of, failure
from app.poster.inquiries.service import Service, Unusable
from app.poster.records.library import SourceName
from app.poster.sources.comparison import comparable_name

MISSING = 404
# Nothing that is shown is replaced: artwork that was uploaded stays.
REFRESH = {"MetadataRefreshMode": "FullRefresh", "ImageRefreshMode": "Default"}
IMAGES = {"MetadataRefreshMode": "ValidationOnly", "ImageRefreshMode": "FullRefresh"}
KEEPING = {"ReplaceAllMetadata": "false", "ReplaceAllImages": "false"}


def act_on_server(inquiry: Inquiry) -> dict[str, Any]:
    """{"message"} of the `action` that the `server` took, or {"error": a sentence, "status_code"}."""
    name, action = SERVERS.get(inquiry.text("server")), inquiry.text("action")
    actions = PLEX_ACTIONS if name is SourceName.PLEX else JELLYFIN_ACTIONS
    if name is None or action not in actions:
        raise BadInquiry(f"There is no such action; there are {', '.join(actions)}")
    try:
        return {"message": actions[action](open_service(name, inquiry), inquiry)}
    except Unusable as unusable:
        return failure(unusable)


def refresh_item(service: Service, inquiry: Inquiry) -> str:
    change_item(service, inquiry, "refresh")
    return "Plex reads the metadata of the item again"


def analyze_item(service: Service, inquiry: Inquiry) -> str:
    change_item(service, inquiry, "analyze")
    return "Plex analyses the files of the item"


def change_item(service: Service, inquiry: Inquiry, verb: str) -> None:
    key = inquiry.text("key_of_item")
    if not is_key(key):
        raise BadInquiry("key_of_item must be the key of an item")
    service.good(f"/library/metadata/{key}/{verb}", "PUT")


def scan_library(service: Service, inquiry: Inquiry) -> str:
    service.good(f"/library/sections/{section_of(service, inquiry.text('library'))}/refresh")
    return f"Plex scans the library {inquiry.text('library')}"


def empty_trash(service: Service, inquiry: Inquiry) -> str:
    service.good(f"/library/sections/{section_of(service, inquiry.text('library'))}/emptyTrash", "PUT")
    return f"Plex empties the trash of the library {inquiry.text('library')}"


def section_of(service: Service, library: str) -> str:
    wanted = comparable_name(library)
    for entry in container_of(service, "/library/sections"):
        if comparable_name(entry.get("title", "").strip()) == wanted and entry.get("key", "").isalnum():
            return entry.get("key", "")
    raise Unusable(f"Plex has no library {library}", status_code=MISSING)


def refresh_media(service: Service, inquiry: Inquiry) -> str:
    ask_for_refresh(service, inquiry, REFRESH)
    return f"{service.name} reads the metadata of the item again"


def refresh_images(service: Service, inquiry: Inquiry) -> str:
    ask_for_refresh(service, inquiry, IMAGES)
    return f"{service.name} looks for the pictures that the item lacks"


def ask_for_refresh(service: Service, inquiry: Inquiry, modes: Mapping[str, str]) -> None:
    key = inquiry.text("key_of_item")
    if not is_key(key):
        raise BadInquiry("key_of_item must be the id of an item")
    service.good(f"/Items/{key}/Refresh?{urlencode({**modes, **KEEPING})}", "POST", {})


PLEX_ACTIONS: Mapping[str, Callable[[Service, Inquiry], str]] = {
    "refresh_item": refresh_item,
    "analyze_item": analyze_item,
    "scan_library": scan_library,
    "empty_trash": empty_trash,
}
JELLYFIN_ACTIONS: Mapping[str, Callable[[Service, Inquiry], str]] = {
    "refresh_item": refresh_media,
    "refresh_images": refresh_images,
}
