"""The queue of replacements of an existing Posterizarr."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.config_file import truthy
from app.core.paths import Paths
from app.core.replacing.replacement import Replacement, read_replacement
from app.core.takeover.part_outcome import PartOutcome
from app.core.takeover.upstream_database import Row, UpstreamDatabase, UpstreamUnreadable
from app.core.takeover.upstream_files import QUEUE_FILE
from app.core.takeover.upstream_values import text_of
from app.models import QueueItem

UPSTREAM_QUEUE = "queue_items"
QUEUE_COLUMNS = ("id", "asset_path", "source_type", "source_data", "overlay_params", "status")
COMPLETED = "completed"
DONE_BEFORE = "completed by the old program"
# Where the old program keeps pictures that were sent to it.
STAGING_FOLDERS = ("queue_staging", "uploads")
ADDRESS = "url"
TEXTS = ("title_text", "folder_name", "library_name", "episode_title", "asset_type", "mediaType")
NUMBERS = ("season_number", "episode_number")


@dataclass(frozen=True)
class PastItem:
    """A replacement that waits in the old queue; the source is an address, or the file that was sent."""

    number: str
    asset_path: str
    source_type: str
    source: str
    overlay_params: Mapping[str, Any]

    @property
    def has_address(self) -> bool:
        return self.source_type == ADDRESS


def open_items(database: UpstreamDatabase, outcome: PartOutcome) -> list[PastItem]:
    """The items that were not completed, the oldest first; completed ones are counted in the outcome."""
    if UPSTREAM_QUEUE not in database.tables:
        raise UpstreamUnreadable(f"{QUEUE_FILE} has no table {UPSTREAM_QUEUE}.")
    rows = list(database.rows(UPSTREAM_QUEUE, QUEUE_COLUMNS))
    waiting = [row for row in rows if text_of(row.get("status")).strip().lower() != COMPLETED]
    if len(waiting) < len(rows):
        outcome.left_out[DONE_BEFORE] += len(rows) - len(waiting)
    return [past_item(row) for row in waiting]


def past_item(row: Row) -> PastItem:
    names = ("id", "asset_path", "source_type", "source_data")
    number, path, source_type, source = (text_of(row.get(name)).strip() for name in names)
    return PastItem(number, path, source_type.lower(), source, past_params(row.get("overlay_params")))


def past_params(value: Any) -> dict[str, Any]:
    try:
        params = json.loads(text_of(value))
    except (ValueError, RecursionError):
        return {}
    return params if isinstance(params, dict) else {}


def past_replacement(item: PastItem) -> Replacement:
    """What the item asks for, to be queued here; `Invalid` or `Forbidden` where its path is no asset's."""
    texts = {name: text_of(item.overlay_params.get(name)) for name in TEXTS}
    numbers = {name: whole_number_or_none(item.overlay_params.get(name)) for name in NUMBERS}
    with_overlays = truthy(item.overlay_params.get("process_with_overlays", True))
    wanted = {"asset_path": item.asset_path, "process_with_overlays": with_overlays, "add_to_queue": True}
    return read_replacement({**texts, **numbers, **wanted})


def whole_number_or_none(value: Any) -> int | None:
    text = text_of(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def staged_file(paths: Paths, item: PastItem) -> Path | None:
    """The file that was sent; it is found by its name, since the old program saw its folders elsewhere."""
    name = item.source.replace("\\", "/").rpartition("/")[2]
    files = (paths.data / folder / name for folder in STAGING_FOLDERS if name not in ("", ".", ".."))
    return next((file for file in files if "\0" not in name and file.is_file()), None)


def queued_pairs(session: Session) -> set[tuple[str, str]]:
    """(asset path, type of source) of all items that are queued here."""
    return {
        (path, source)
        for path, source in session.execute(select(QueueItem.asset_path, QueueItem.source_type))
    }
