"""Turns each due time of a schedule into one run, or into one record of why there was none."""

from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.runs import MOST_QUEUED, active_run, queued_count, record_skipped, request_run
from app.core.schedule.schedule_entry import Entry
from app.models import Origin, Run, Status

FULL_RUNS = ("normal", "scheduled")


def queue_due(
    session: Session, entry: Entry, due: datetime, skip_if_running: bool, foreign_script: bool
) -> Run | None:
    """Queue the run of a due moment, or record it as skipped; None where that was done before."""
    if was_handled(session, entry, due):
        return None
    obstacle = in_the_way(session, entry, due, foreign_script) if skip_if_running else None
    if not obstacle and queued_count(session) >= MOST_QUEUED:
        obstacle = f"{MOST_QUEUED} runs are queued already, which is the most"
    if obstacle:
        return stamped_run(skipped_run(session, entry, obstacle), entry, due)
    run = request_run(session, entry.run_mode, Origin.SCHEDULE, entry.arguments)
    return stamped_run(run, entry, due)


def record_missed(session: Session, entry: Entry, due: datetime, zone: ZoneInfo) -> Run | None:
    """Record a due time that the server missed; None where it was handled before."""
    if was_handled(session, entry, due):
        return None
    local = due.astimezone(zone)
    reason = f"it was due at {local:%Y-%m-%d %H:%M}, and the server could not start it then"
    return stamped_run(skipped_run(session, entry, reason), entry, due)


def in_the_way(session: Session, entry: Entry, due: datetime, foreign_script: bool) -> str | None:
    """Why a run should not be queued now, or None."""
    active = active_run(session)
    if active and not is_neighbour(active, entry, due):
        return f"run {active.id} ({active.mode}) is still active"
    waiting = queued_of(session, entry.run_mode)
    if waiting:
        return f"run {waiting.id} ({waiting.mode}) already waits"
    if active is None and foreign_script:
        return "a poster script that this server did not start is at work"
    return None


def is_neighbour(active: Run, entry: Entry, due: datetime) -> bool:
    """Whether the active run is that of another entry due at this very time: then both take place."""
    return active.origin == Origin.SCHEDULE and active.queued_at >= due and active.mode != entry.run_mode


def queued_of(session: Session, mode: str) -> Run | None:
    modes = FULL_RUNS if mode in FULL_RUNS else (mode,)
    query = select(Run).where(Run.status == Status.QUEUED, Run.mode.in_(modes))
    return session.scalar(query.order_by(Run.id).limit(1))


def was_handled(session: Session, entry: Entry, due: datetime) -> bool:
    return session.scalar(select(Run.id).where(Run.occurrence == occurrence(entry, due))) is not None


def occurrence(entry: Entry, due: datetime) -> str:
    """The identity of one due moment of one entry."""
    return sha256(f"{entry.key} {due.astimezone(UTC).isoformat()}".encode()).hexdigest()


def skipped_run(session: Session, entry: Entry, reason: str) -> Run:
    return record_skipped(session, entry.run_mode, Origin.SCHEDULE, f"{entry.job_name}: {reason}")


def stamped_run(run: Run, entry: Entry, due: datetime) -> Run:
    run.occurrence = occurrence(entry, due)
    return run
