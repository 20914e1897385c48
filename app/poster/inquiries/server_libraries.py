"""The libraries of a media server at an address that is given, and the items of one of Plex."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from app.poster.inquiries.inquiry import BadInquiry, Inquiry, is_key
from app.poster.inquiries.server_check import no_such_server, open_service, refined
from app.poster.inquiries.service import Service, Unusable
from app.poster.records.library import SourceName
from app.poster.sources.json_rows import Row, row_objects, row_text
from app.poster.sources.plex_rows import element_paths
from app.poster.sources.plex_xml import NoContainer, number_of, read_container
from app.poster.web.endpoint import Limits
from app.poster.web.fault import Fault

LISTING = Limits(connect=4.0, read=15.0, whole=20.0, tries=2)
PAGE = 1000
MOST_PAGES = 200
FOLDERS = ("/Library/VirtualFolders", "/Library/VirtualFolders/Query")
SERVERS = {name.value.lower(): name for name in (SourceName.PLEX, SourceName.JELLYFIN, SourceName.EMBY)}


def list_libraries(inquiry: Inquiry) -> dict[str, Any]:
    """{"libraries": [{name, type, key or id}]} of `server`, or {"error": a sentence, "unsafe"}."""
    if inquiry.text("server") not in SERVERS:
        raise BadInquiry(f"There are these servers: {', '.join(SERVERS)}")
    name = SERVERS[inquiry.text("server")]
    try:
        service = open_service(name, inquiry, LISTING)
        with refined(service, name):
            return {"libraries": list(library_rows(service, name))}
    except Unusable as unusable:
        return failure(unusable)


def library_rows(service: Service, name: SourceName) -> Iterator[dict[str, str]]:
    if name is SourceName.PLEX:
        for entry in container_of(service, "/library/sections"):
            facts = {"name": entry.get("title", ""), "type": entry.get("type", "")}
            yield {**facts, "key": entry.get("key", "")}
        return
    for row in virtual_folders(service, name):
        facts = {"name": row_text(row, "Name"), "type": row_text(row, "CollectionType") or "mixed"}
        yield {**facts, "id": row_text(row, "ItemId")}


def virtual_folders(service: Service, name: SourceName) -> list[Row]:
    """The rows of all libraries, a list or, from newer servers of Emby, a page."""
    response = service.ask(FOLDERS[0])
    response = service.good(FOLDERS[1] if response.status_code == 404 else FOLDERS[0])
    try:
        found = json.loads(response.content)
    except (ValueError, RecursionError):
        raise Unusable(no_such_server(service, name), Fault.PATH) from None
    return row_objects(found if isinstance(found, dict) else {"Items": found}, "Items")


def items_of_plex(inquiry: Inquiry) -> dict[str, Any]:
    """{"items": [{title, year, folderName, type, ratingKey}]} of the library `library_key`, or {"error"}."""
    key = inquiry.text("library_key")
    if not is_key(key):
        raise BadInquiry("library_key must be the key of a library")
    try:
        service = open_service(SourceName.PLEX, inquiry, LISTING)
        with refined(service, SourceName.PLEX):
            return {
                "items": [plex_item_row(entry) for entry in pages(service, f"/library/sections/{key}/all")]
            }
    except Unusable as unusable:
        return failure(unusable)


def pages(service: Service, path: str) -> Iterator[Element]:
    for number in range(MOST_PAGES):
        start = {"X-Plex-Container-Start": str(number * PAGE), "X-Plex-Container-Size": str(PAGE)}
        page = container_of(service, path, start)
        yield from page
        if len(page) < PAGE or (number + 1) * PAGE >= (number_of(page, "totalSize") or PAGE * MOST_PAGES):
            return


def container_of(service: Service, path: str, headers: dict[str, str] | None = None) -> Element:
    try:
        return read_container(service.good(path, headers=headers).content)
    except NoContainer:
        raise Unusable(no_such_server(service, SourceName.PLEX), Fault.PATH) from None


def plex_item_row(entry: Element) -> dict[str, Any]:
    title, year = entry.get("title", ""), number_of(entry, "year")
    return {
        "title": title,
        "year": year,
        "folderName": folder_holding(entry) or (f"{title} ({year})" if year else title),
        "type": entry.get("type", ""),
        "ratingKey": entry.get("ratingKey", ""),
    }


def folder_holding(entry: Element) -> str:
    """The name of a show's folder, or of the folder in which a film's file lies; "" where none is named."""
    path = next(iter(element_paths(entry)), "")
    parts = re.split(r"[/\\]", path.rstrip("/\\"))
    own = 1 if entry.find("Location") is not None else 2
    return parts[-own] if len(parts) >= own else ""


def failure(unusable: Unusable) -> dict[str, Any]:
    return {**unusable.details, "error": f"{unusable}."}
