"""What the last preflight found, as the built-in script wrote it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core.errors import ApplicationError, NotFound, Unavailable
from app.core.thumbnails.shrinking import shown_size

TITLES, SHEET = "preflight/titles.json", "preflight/sheet.jpg"
LARGEST_FILE = 8 * 1024 * 1024
# The fields of a picture, each with the value that stands for a missing one.
FIELDS = {
    **dict.fromkeys(("kind", "title", "second", "library", "why", "settings"), ""),
    **{"lines": [], "sizes": [], "truncated": False, "missing": []},
}


def read_preflight(engine: Path) -> dict[str, Any]:
    """{made_at, titles, failing, pictures} of the last preflight; `NotFound` where there was none.

    `Unavailable` where its list cannot be read.
    """
    file = engine / TITLES
    try:
        made_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        with file.open("rb") as opened:
            found = json.loads(opened.read(LARGEST_FILE))
        pictures = [shown_picture(picture) for picture in found["pictures"]]
        titles = int(found["titles"])
    except FileNotFoundError as error:
        raise NotFound("There was no preflight yet: POST /api/runs/preflight makes one.") from error
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise Unavailable("The list of the last preflight cannot be read; make another one.") from error
    failing = sum(not picture["fits"] for picture in pictures)
    return {"made_at": made_at.isoformat(), "titles": titles, "failing": failing, "pictures": pictures}


def sheet_size(engine: Path) -> tuple[int, int] | None:
    """(width, height) of the sheet of the last preflight, None where there is no such picture."""
    try:
        with (engine / SHEET).open("rb") as sheet:
            return shown_size(sheet)
    except (ApplicationError, OSError):
        return None


def shown_picture(picture: dict[str, Any]) -> dict[str, Any]:
    shown = {name: picture.get(name, instead) for name, instead in FIELDS.items()}
    return {**shown, "fits": not (shown["truncated"] or shown["missing"])}
