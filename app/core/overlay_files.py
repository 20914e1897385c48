"""Overlays and fonts in the data folder."""

import os
from pathlib import Path
from typing import Any

from app.core.assets.naming import is_storable
from app.core.errors import NotFound
from app.core.paths import file_inside
from app.core.picture_types import browser_type

KINDS = {
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".ttf": "font",
    ".otf": "font",
    ".woff": "font",
    ".woff2": "font",
}


def overlay_files(folder: Path) -> list[dict[str, Any]]:
    """Every overlay and font by name, with size in bytes and time of change in epoch seconds."""
    try:
        with os.scandir(folder) as entries:
            found = [describe_overlay_file(entry) for entry in entries]
    except OSError:
        return []
    return sorted(filter(None, found), key=lambda file: (file["name"].casefold(), file["name"]))


def font_names(folder: Path) -> list[str]:
    """Every font by name."""
    return [file["name"] for file in overlay_files(folder) if file["type"] == "font"]


def shown_overlay(folder: Path, name: str) -> tuple[Path, str]:
    """(file, media type) of one of the overlays; `NotFound` where that is no picture."""
    file = file_of_kind(folder, name, "image")
    if (kind := browser_type(file)) is None:
        raise NotFound(f"{name!r} is no picture that a browser shows.")
    return file, kind


def file_of_kind(folder: Path, name: str, kind: str) -> Path:
    """One of the files of a kind, "image" or "font"; `NotFound` where that is none."""
    file = file_inside(folder, name)
    # A link can lead to a name that is no text, which no header can hold.
    is_shown = is_storable(str(file)) and not file.name.startswith(".")
    if not is_shown or KINDS.get(file.suffix.lower()) != kind:
        raise NotFound(f"There is no {kind} {name!r}.")
    return file


def describe_overlay_file(entry: os.DirEntry) -> dict[str, Any] | None:
    extension = Path(entry.name).suffix.lower()
    if entry.name.startswith(".") or extension not in KINDS:
        return None
    try:
        status = entry.stat()
        is_file = entry.is_file()
    except OSError:
        return None
    return row(entry.name, extension, status) if is_file else None


def row(name: str, extension: str, status: os.stat_result) -> dict[str, Any]:
    return {
        "name": os.fsencode(name).decode("utf-8", "replace"),
        "type": KINDS[extension],
        "extension": extension,
        "size": status.st_size,
        "mtime": int(status.st_mtime),
    }
