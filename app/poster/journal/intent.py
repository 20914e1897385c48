"""A step on its way into the journal, before anything is done."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.poster.journal.packing import pack_for_entry
from app.poster.journal.rows import as_text
from app.poster.records.journal_entry import AssetRecord, EntryState
from app.poster.records.reasons import Action
from app.poster.records.step import FileState, Step


@dataclass(frozen=True, slots=True)
class Intent:
    """The arguments of `Journal.intend` for one step."""

    step: Step
    after: FileState | None
    record: AssetRecord
    made_folders: int = 0

    def values(self, run: str) -> dict[str, Any]:
        """The entry's columns."""
        return {
            **first_values(run, self.step.path, self.step.action, self.record),
            "before": as_text(self.step.before),
            "after": as_text(self.after),
            "owner": self.step.owner.value,
            "made_folders": self.made_folders,
        }


def first_values(run: str, path: str, action: Action, record: AssetRecord) -> dict[str, Any]:
    """The columns of every entry that is written down now."""
    return {
        "run": run,
        "path": path,
        "action": action.value,
        "state": EntryState.INTENDED.value,
        "at": datetime.now(UTC).isoformat(),
        "record": pack_for_entry(record),
    }
