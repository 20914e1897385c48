"""What is known of an asset after a person has changed it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.poster.editing.document import EditAction
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState, Step

ACTIONS = {
    EditAction.DELETE: (Action.DELETE, Reason.DELETED_BY_HAND),
    EditAction.PUT: (Action.PUT, Reason.PUT_BY_HAND),
    EditAction.HOLD: (Action.HOLD, Reason.HELD),
    EditAction.RELEASE: (Action.RELEASE, Reason.RELEASED),
}
HELD = {"owner": Owner.HAND, "hold": Hold.HELD}
# What was taken back may be made again where a person deletes or releases the file, and what a person asked
# for, such as another text, counts no longer: the next run decides anew.
FREE = {"undone": None, "asked": ""}
KNOWN: Mapping[EditAction, Mapping[str, Any]] = {
    EditAction.DELETE: {"owner": Owner.NOBODY, "hold": Hold.NONE, **FREE},
    EditAction.PUT: HELD,
    EditAction.HOLD: HELD,
    EditAction.RELEASE: {"owner": Owner.OURS, "hold": Hold.RELEASED, **FREE},
}


def edited_record(known: AssetRecord, edit: EditAction, file: FileState | None, run: str) -> AssetRecord:
    """The record once `file` lies there: a file that is put or held is a person's, a released one ours."""
    action, reason = ACTIONS[edit]
    return replace(
        known,
        action=action,
        reason=reason,
        why=reason.sentence,
        owner_why=reason.sentence,
        file=file if edit is EditAction.RELEASE else None,
        run=run if edit is EditAction.PUT else known.run,
        edits=known.edits + 1,
        **KNOWN[edit],
    )


def edited_step(record: AssetRecord, before: FileState | None, owner: Owner) -> Step:
    """The step that leads to the record; `owner` is whose the file before was."""
    return Step(record.path, record.action, record.reason, record.decision, before=before, owner=owner)
