"""The takeover of the history as clients of the old program know it: a migration, done or not."""

from typing import Any

from app.core.takeover.part_outcome import PartState
from app.core.takeover.record import TakeoverRecord

HISTORY = "history"
NO_PART = {"state": PartState.ABSENT, "taken": 0, "known": 0, "left_out": []}


def history_part(record: TakeoverRecord | None) -> dict[str, Any]:
    parts = record["parts"] if record else []
    return next((part for part in parts if part["name"] == HISTORY), NO_PART)


def is_history_migrated(record: TakeoverRecord | None) -> bool:
    """Whether the history of an existing Posterizarr is here, or there is none."""
    return history_part(record)["state"] != PartState.FAILED


def migration_info(record: TakeoverRecord | None) -> dict[str, dict[str, str]]:
    """{key: {"value", "updated_at"}}; empty where nothing was migrated."""
    part = history_part(record)
    if part["state"] != PartState.TAKEN:
        return {}
    values = {"logs_migrated": "true", "migrated_entries": str(part["taken"])}
    return {key: {"value": value, "updated_at": record["finished_at"]} for key, value in values.items()}


def migration_counts(record: TakeoverRecord | None) -> dict[str, int]:
    """{"imported", "skipped", "errors"}; a database that cannot be read is one error."""
    part = history_part(record)
    skipped = part["known"] + sum(item["count"] for item in part["left_out"])
    return {"imported": part["taken"], "skipped": skipped, "errors": int(not is_history_migrated(record))}
