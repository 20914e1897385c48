"""Replay and deletion of triggers, on request and by age."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from app.core import runs
from app.core.errors import Conflict, NotFound
from app.core.paths import Paths
from app.core.runs import LARGEST_NUMBER
from app.core.triggers.trigger_files import remove_files, restored_name
from app.models import Run, Status, Trigger, TriggerRun, TriggerStatus

KEPT_DONE = 5000
# A failed trigger can be replayed for 90 days; of a flood of them the newest stay, and some stay for good.
KEPT_FAILED = timedelta(days=90)
MOST_FAILED, LEAST_FAILED = 10_000, 100
PRUNED_AT_ONCE = 500


def existing_trigger(session: Session, number: int) -> Trigger:
    row = session.get(Trigger, number, with_for_update=True) if number <= LARGEST_NUMBER else None
    if row is None:
        raise NotFound(f"There is no trigger {number}.")
    return row


def replay(session: Session, number: int, moment: datetime) -> Trigger:
    """Let a failed trigger wait as if it were new; the caller restores its file after the commit."""
    row = existing_trigger(session, number)
    if row.status != TriggerStatus.FAILED:
        raise Conflict(f"Trigger {number} has not failed: it is {row.status}.")
    if not row.fields:
        raise Conflict(
            f"Trigger {number} is a file that is not valid. Put a corrected one into the folder watcher."
        )
    row.file = restored_name(row)
    row.status, row.fingerprint, row.last_error, row.ended_at = TriggerStatus.WAITING, None, None, None
    row.attempts = row.look_ups = 0
    row.first_at = row.waiting_until = moment
    row.due_since = None
    return row


def forget_trigger(session: Session, paths: Paths, number: int) -> None:
    """Delete a trigger with its file; `Conflict` while its run is active."""
    row = existing_trigger(session, number)
    for run in live_runs(session, row):
        if run.status == Status.RUNNING:
            raise Conflict(f"Run {run.id} of trigger {number} is running: stop it first.")
        if not serves_others(session, run, row):
            runs.cancel(session, run.id)
    session.delete(row)
    session.flush()
    # Before the commit: a trigger without its file is whole, a file without its trigger would run again.
    remove_files(paths, row)


def prune_done(session: Session, kept: int = KEPT_DONE) -> int:
    """Delete all but the newest triggers that are done, and answer how many went."""
    done = Trigger.status == TriggerStatus.DONE
    last = newest_beyond(session, done, kept)
    return session.execute(delete(Trigger).where(done, Trigger.id <= last)).rowcount


def newest_beyond(session: Session, chosen: ColumnElement[bool], kept: int) -> int:
    """The number of the newest chosen trigger beyond those that are kept, 0 where there is none."""
    numbers = select(Trigger.id).where(chosen).order_by(Trigger.id.desc())
    return session.scalar(numbers.offset(kept).limit(1)) or 0


def prune_failed(session: Session, paths: Paths, moment: datetime) -> int:
    """Delete failed triggers and their files, and return how many; call again while that is not 0.

    Those go that ended more than 90 days ago, and all but the newest 10,000; the newest 100 stay however old
    they are, so that a wrong clock cannot delete all. One whose file cannot be deleted stays.
    """
    failed = Trigger.status == TriggerStatus.FAILED
    may_go, must_go = (newest_beyond(session, failed, kept) for kept in (LEAST_FAILED, MOST_FAILED))
    is_old = (Trigger.id <= may_go) & (Trigger.ended_at < moment - KEPT_FAILED)
    chosen = select(Trigger).where(failed, or_(Trigger.id <= must_go, is_old))
    rows = session.scalars(chosen.order_by(Trigger.id).limit(PRUNED_AT_ONCE))
    return sum(delete_with_file(session, paths, row) for row in rows.all())


def delete_with_file(session: Session, paths: Paths, row: Trigger) -> bool:
    # The file first: without its row it would stay for ever.
    try:
        remove_files(paths, row)
    except OSError:
        return False
    session.delete(row)
    return True


def live_runs(session: Session, row: Trigger) -> list[Run]:
    found = select(Run).join(TriggerRun, TriggerRun.run_id == Run.id).where(TriggerRun.trigger_id == row.id)
    return list(session.scalars(found.where(Run.status.in_((Status.QUEUED, Status.RUNNING)))))


def serves_others(session: Session, run: Run, row: Trigger) -> bool:
    others = exists().where(TriggerRun.run_id == run.id, TriggerRun.trigger_id != row.id)
    return bool(session.scalar(select(others)))
