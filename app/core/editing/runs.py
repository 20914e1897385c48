"""The rows of edits in the history: each is a run that is over when its request is answered."""

from sqlalchemy.orm import Session

from app.core.editing.edits import EditOutcome
from app.core.modes import EDIT, ONLY, UNDO
from app.core.runs import existing_run
from app.models import Origin, Run, Status
from app.models.base import now

UNFINISHED = "the edit did not report what it did; the journal has what was done, and undo takes that back"
MOST_NAMED = 3


def begin_edit(session: Session, undoes: int | None = None, in_part: bool = False) -> Run:
    """Insert the row of an edit, or of an undo of one, as it is to be left where this process ends now."""
    moment = now()
    run = Run(
        mode=EDIT if undoes is None else UNDO,
        origin=Origin.API,
        status=Status.INTERRUPTED,
        reason=UNFINISHED,
        arguments=[ONLY] if in_part else [],
        attempt=1,
        undoes=undoes,
        queued_at=moment,
        started_at=moment,
    )
    session.add(run)
    session.flush()
    return run


def journal_mark(run: Run) -> str:
    """What the names of the run in the journal end with."""
    return f"{run.id}-{run.attempt}"


def end_edit(session: Session, outcome: EditOutcome, notes: str, cleared: int = 0) -> None:
    """Write down what became of the edit; `notes` says what was asked for, in words."""
    run = existing_run(session, outcome.run)
    run.ended_at = now()
    run.status = Status.COMPLETED if outcome.done or not outcome.failed else Status.FAILED
    run.reason = failures_text(outcome)
    run.errors = len(outcome.failed)
    run.images_cleared = cleared
    run.notes = notes


def fail_edit(session: Session, number: int, reason: str) -> None:
    """Write down why there is no answer about the edit."""
    run = existing_run(session, number)
    run.ended_at = now()
    run.reason = f"{reason} {UNFINISHED}"


def failures_text(outcome: EditOutcome) -> str | None:
    """Which files were not changed and why, in one sentence; None where all were."""
    if not outcome.failed:
        return None
    named = "; ".join(f"{one.path}: {one.error}" for one in outcome.failed[:MOST_NAMED])
    more = f"; and {len(outcome.failed) - MOST_NAMED} more" if len(outcome.failed) > MOST_NAMED else ""
    total = len(outcome.done) + len(outcome.failed)
    return f"{len(outcome.failed)} of {total} files were not changed: {named}{more}"


def is_edit(session: Session, run: Run) -> bool:
    """Whether the run is an edit, or takes one back, or takes that back."""
    seen: set[int] = set()
    while run.undoes is not None and run.id not in seen:
        seen.add(run.id)
        earlier = session.get(Run, run.undoes)
        if earlier is None:
            return False
        run = earlier
    return run.mode == EDIT
