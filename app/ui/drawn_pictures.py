"""Addresses of pictures as a design would draw them."""

from typing import Any
from urllib.parse import quote, urlencode

from app.core.designs.drawn_revision import PRESENT_SETTINGS

# Of the preview, which names a title card as the engine does.
KINDS_OF_PREVIEW = {"titlecard": "title_card"}
# The pictures as they lie there, and those that the present settings would draw.
AS_THEY_ARE, PRESENT = "files", PRESENT_SETTINGS


def kind_of_preview(entry: dict[str, Any]) -> str:
    return KINDS_OF_PREVIEW.get(entry["kind"], entry["kind"])


def drawn_address(entry: dict[str, Any], design: str, width: int, revision: str = "") -> str:
    """The address, below the base path, of an entry's picture in a design; as split-tile.js has it."""
    if design == AS_THEY_ARE:
        return f"{entry['thumbnail_url']}&width={width}"
    fields = {"asset": entry["path"], "kind": kind_of_preview(entry), "width": width}
    marks = {"revision": revision, "picture": entry["hash"] or ""}
    return f"/api/designs/{quote(design, safe='')}/preview?{urlencode(fields | marks)}"
