"""The designs as they are offered: which one is the present one, and what can be undone."""

from typing import Any

from app.core.designs.design_record import DesignRecord
from app.core.designs.shelf import all_designs, revision_of_design
from app.core.designs.taking import is_present_design, last_taken
from app.core.paths import Paths
from app.core.settings.mapping import Nested
from app.core.settings.store import snapshot


def offered_designs(paths: Paths) -> dict[str, Any]:
    """{"designs": [as `described_design`], "revision", "undoable"}; `Conflict` for unreadable settings."""
    found, last = snapshot(paths), last_taken(paths)
    return {
        "designs": [described_design(paths, record, found.values) for record in all_designs(paths)],
        "revision": found.revision,
        "undoable": last.design if last else None,
    }


def described_design(paths: Paths, record: DesignRecord, values: Nested) -> dict[str, Any]:
    """{"id", "names", "descriptions", "overlays", "fonts", "is_own", "is_present", "revision"}."""
    return {
        "id": record.id,
        "names": record.names,
        "descriptions": record.descriptions,
        "overlays": record.overlays,
        "fonts": [{"file": font.file, "name": font.name, "licence": font.licence} for font in record.fonts],
        "is_own": record.is_own,
        "is_present": is_present_design(paths, record, values),
        "revision": revision_of_design(record),
    }
