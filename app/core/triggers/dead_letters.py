"""What a person may do with a trigger: have it tried again, or forget it."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.core import runs
from app.core.errors import Conflict, NotFound
from app.core.paths import Paths
from app.core.runs import LARGEST_NUMBER
from app.core.triggers.trigger_files import remove, restored_name
from app.models import Run, Status, Trigger, TriggerRun, TriggerStatus

KEPT_DONE = 5000


def existing(session: Session, number: int) -> Trigger:
    row = session.get(Trigger, number, with_for_update=True) if number <= LARGEST_NUMBER else None
    if row is None:
        raise NotFound(f"There is no trigger {number}.")
    return row


def replay(session: Session, number: int, moment: datetime) -> Trigger:
    """Let a dead letter wait for its run as if it were new; its file is to be restored after the commit."""
    row = existing(session, number)
    if row.status != TriggerStatus.FAILED:
        raise Conflict(f"Trigger {number} has not failed: it is {row.status}.")
    if not row.fields:
        raise Conflict(
            f"Trigger {number} is a file that cannot be understood: put a corrected one into watcher."
        )
    row.file = restored_name(row)
    row.status, row.fingerprint, row.last_error, row.ended_at = TriggerStatus.WAITING, None, None, None
    row.attempts = row.look_ups = 0
    row.first_at = row.waiting_until = moment
    row.due_since = None
    return row


def forget(session: Session, paths: Paths, number: int) -> None:
    """Delete a trigger with its file; `Conflict` while its run is active."""
    row = existing(session, number)
    for run in live_runs(session, row):
        if run.status == Status.RUNNING:
            raise Conflict(f"Run {run.id} of trigger {number} is running: stop it first.")
        if not serves_others(session, run, row):
            runs.cancel(session, run.id)
    session.delete(row)
    session.flush()
    # Before the commit: a trigger without its file is whole, a file without its trigger would run again.
    remove(paths, row)


def prune(session: Session, kept: int = KEPT_DONE) -> int:
    """Delete all but the newest triggers that are done, and answer how many went."""
    done = Trigger.status == TriggerStatus.DONE
    newest = select(Trigger.id).where(done).order_by(Trigger.id.desc()).offset(kept).limit(1)
    last = session.scalar(newest)
    if last is None:
        return 0
    return session.execute(delete(Trigger).where(done, Trigger.id <= last)).rowcount


def live_runs(session: Session, row: Trigger) -> list[Run]:
    found = select(Run).join(TriggerRun, TriggerRun.run_id == Run.id).where(TriggerRun.trigger_id == row.id)
    return list(session.scalars(found.where(Run.status.in_((Status.QUEUED, Status.RUNNING)))))


def serves_others(session: Session, run: Run, row: Trigger) -> bool:
    others = exists().where(TriggerRun.run_id == run.id, TriggerRun.trigger_id != row.id)
    return bool(session.scalar(select(others)))
