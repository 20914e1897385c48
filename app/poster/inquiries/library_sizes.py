"""The libraries of films and shows of a media server, with how many titles each has."""

import json
from typing import Any
from urllib.parse import urlencode

from app.poster.inquiries.inquiry import is_key
from app.poster.inquiries.server_libraries import container_of, library_rows
from app.poster.inquiries.service import Service, Unusable
from app.poster.records.library import LibraryContent, SourceName
from app.poster.sources import jellyfin_rows, plex
from app.poster.sources.plex_xml import number_of

NO_ITEMS = {"X-Plex-Container-Start": "0", "X-Plex-Container-Size": "0"}
TITLES = {"IncludeItemTypes": "Movie,Series", "Recursive": "true", "Limit": "0"}


def sized_libraries(service: Service, name: SourceName) -> list[dict[str, Any]]:
    """[{"name", "type": "movie" | "show" | "mixed", "count": number | None}] of what posters are made for."""
    count = size_on_plex if name is SourceName.PLEX else size_on_jellyfin
    found = ((row, library_content(row, name)) for row in library_rows(service, name))
    return [
        {"name": row["name"], "type": content.value, "count": counted_titles(count, service, row)}
        for row, content in found
        if content
    ]


def library_content(row: dict[str, str], name: SourceName) -> LibraryContent | None:
    if name is SourceName.PLEX:
        return plex.CONTENTS.get(row["type"], (None,))[0]
    return jellyfin_rows.CONTENTS.get(row["type"].lower())


def counted_titles(count: Any, service: Service, row: dict[str, str]) -> int | None:
    """The number of titles; None where the server does not say."""
    key = row.get("key") or row.get("id") or ""
    try:
        return count(service, key) if is_key(key) else None
    except Unusable:
        return None


def size_on_plex(service: Service, key: str) -> int | None:
    return number_of(container_of(service, f"/library/sections/{key}/all", NO_ITEMS), "totalSize")


def size_on_jellyfin(service: Service, key: str) -> int | None:
    response = service.good(f"/Items?{urlencode({**TITLES, 'ParentId': key})}")
    try:
        found = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    total = found.get("TotalRecordCount") if isinstance(found, dict) else None
    return total if isinstance(total, int) else None
