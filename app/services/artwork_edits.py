"""Changes of artwork by hand, each call one run: its row, the built-in script's edit, index and choices."""

from collections.abc import Sequence
from pathlib import Path

import structlog

from app.core.editing.edits import (
    DELETE,
    PUT,
    ArtworkEdit,
    EditOutcome,
    edit_document,
    edit_outcome,
    longest_seconds,
)
from app.core.editing.places import ASSETS, journal_path, new_path
from app.core.editing.runs import begin_edit, end_edit, fail_edit, journal_mark
from app.core.errors import ApplicationError
from app.extensions import Machine

log = structlog.get_logger(__name__)

NOTES = {"delete": "deleted", "put": "put in place", "hold": "held", "release": "released"}


def put_artwork(machine: Machine, path: str, staged: Path, root: str = ASSETS) -> EditOutcome:
    """Put the staged file's bytes at the path as the user's own; `EditOutcome.run` is the run to undo.

    What lay there is kept in the store, and no later run replaces the picture until it is released. The
    caller has checked the content, and deletes the staged file. `root` is "assets", "manual" or "backup".
    """
    outcome = edit_artwork(machine, [ArtworkEdit(PUT, journal_path(root, new_path(path)), str(staged))])
    outcome.require_done()
    return outcome


def edit_artwork(machine: Machine, edits: Sequence[ArtworkEdit]) -> EditOutcome:
    """Take the edits as one run; one that fails does not stop the others, `Unavailable` stops all."""
    with machine.database.writing() as session:
        run = begin_edit(session)
    try:
        seconds = longest_seconds(len(edits))
        answer = machine.engine.edit(edit_document(edits), journal_mark(run), seconds)
    except ApplicationError as error:
        with machine.database.writing() as session:
            fail_edit(session, run.id, str(error))
        raise
    outcome = edit_outcome(run.id, answer)
    with machine.database.writing() as session:
        end_edit(session, outcome, notes_of(edits, outcome), count_of(edits, outcome, DELETE))
    log.info("artwork_edited", run=run.id, done=len(outcome.done), failed=len(outcome.failed))
    return outcome


def notes_of(edits: Sequence[ArtworkEdit], outcome: EditOutcome) -> str:
    """How many files were changed in which way, in words."""
    counts = {action: count_of(edits, outcome, action) for action in NOTES}
    return ", ".join(f"{count} {NOTES[action]}" for action, count in counts.items() if count)


def count_of(edits: Sequence[ArtworkEdit], outcome: EditOutcome, action: str) -> int:
    done = frozenset(outcome.done)
    return sum(edit.action == action and edit.path in done for edit in edits)
