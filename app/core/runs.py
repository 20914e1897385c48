"""The queue of runs: request, claim, stop, cancel, list."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid, NotFound
from app.core.modes import harmless_arguments, known_mode
from app.models import Origin, Run, Status
from app.models.base import now
from app.models.run import ENDED

LARGEST_NUMBER = 2**31 - 1
MOST_QUEUED = 100
QUEUE_FULL = (
    f"{MOST_QUEUED} runs are queued already, which is the most. Ask again when some have ended, or remove"
    " queued ones with DELETE /api/runs/{id}."
)
POLITE, FORCE = "polite", "force"
LONGEST_WAIT = timedelta(hours=1)


def request_run(
    session: Session,
    mode: str,
    origin: str,
    arguments: Iterable[str] = (),
    reason: str | None = None,
    undoes: int | None = None,
) -> Run:
    """Queue a run; `Invalid` where there is no such mode or origin, `Conflict` where too many wait already.

    `undoes` is the number of the run that it takes back.

    Triggers are never refused here: they have a limit of their own, and queue runs only while none waits.
    """
    run = new_run(mode, origin, Status.QUEUED, reason)
    if origin != Origin.WEBHOOK and queued_count(session) >= MOST_QUEUED:
        raise Conflict(QUEUE_FULL)
    run.arguments = harmless_arguments(arguments)
    run.undoes = undoes
    session.add(run)
    session.flush()
    return run


def record_skipped(session: Session, mode: str, origin: str, reason: str) -> Run:
    """Record a run that was due and did not take place."""
    run = new_run(mode, origin, Status.SKIPPED, reason)
    run.ended_at = run.queued_at
    session.add(run)
    session.flush()
    return run


def new_run(mode: str, origin: str, status: Status, reason: str | None) -> Run:
    if origin not in tuple(Origin):
        raise Invalid(f"Invalid origin: {origin}")
    return Run(mode=known_mode(mode).name, origin=origin, status=status, reason=reason, queued_at=now())


def active_run(session: Session) -> Run | None:
    return session.scalar(select(Run).where(Run.status == Status.RUNNING))


def unended_of(session: Session, mode: str) -> Run | None:
    """The oldest run in that mode that waits or is active."""
    query = select(Run).where(Run.mode == mode, Run.status.in_((Status.QUEUED, Status.RUNNING)))
    return session.scalar(query.order_by(Run.id).limit(1))


def latest_ended(session: Session, modes: Iterable[str] = ()) -> Run | None:
    """The run that ended last, of those modes where any are named; None before the first one."""
    ended = select(Run).where(Run.status.in_(ENDED), Run.ended_at.is_not(None))
    if modes:
        ended = ended.where(Run.mode.in_(modes))
    return session.scalar(ended.order_by(Run.ended_at.desc(), Run.id.desc()).limit(1))


def queued_count(session: Session) -> int:
    return session.scalar(select(func.count()).where(Run.status == Status.QUEUED)) or 0


def position(session: Session, run: Run) -> int:
    """Where a queued run stands among the queued: 1 is next."""
    earlier = select(func.count()).where(Run.status == Status.QUEUED, Run.id < run.id)
    return (session.scalar(earlier) or 0) + 1


def ahead_of(session: Session, run: Run) -> int:
    """How many runs come before a queued one, the active run among them."""
    first = or_(Run.status == Status.RUNNING, and_(Run.status == Status.QUEUED, Run.id < run.id))
    return session.scalar(select(func.count()).where(first)) or 0


def is_due(moment: datetime) -> ColumnElement[bool]:
    """Whether a run may begin; one that was put back by a clock far ahead does not wait for that time."""
    is_over = or_(Run.not_before <= moment, Run.not_before > moment + LONGEST_WAIT)
    return or_(Run.not_before.is_(None), is_over)


def next_due(session: Session, moment: datetime) -> int | None:
    """The number of the oldest queued run whose time has come."""
    # Numbers grow with every request; the clock, which is moved at times, does not always.
    oldest = select(Run.id).where(Run.status == Status.QUEUED, is_due(moment))
    return session.scalar(oldest.order_by(Run.id).limit(1))


def claim_next(session: Session, moment: datetime) -> Run | None:
    """Mark the oldest due run as running, for the one caller that gets it."""
    number = next_due(session, moment)
    if number is None or active_run(session):
        return None
    change = update(Run).where(Run.id == number, Run.status == Status.QUEUED)
    values = {"status": Status.RUNNING, "started_at": moment, "attempt": Run.attempt + 1}
    claimed = session.execute(change.values(values | CLEARED))
    return session.get(Run, number, populate_existing=True) if claimed.rowcount == 1 else None


CLEARED = {
    "pid": None,
    "process_started": None,
    "exit_code": None,
    "stop_requested": None,
    "not_before": None,
}


def requeue(run: Run, reason: str, not_before: datetime | None = None) -> None:
    """Put a run back that did not take place; its place in the queue stays."""
    for name, value in CLEARED.items():
        setattr(run, name, value)
    run.status = Status.QUEUED
    run.started_at = None
    run.reason = reason
    run.not_before = not_before


def shift_waiting(session: Session, seconds: float) -> None:
    """Shift the waits when the wall clock was changed, so that a wait of 30 seconds stays one."""
    waiting = select(Run).where(Run.status == Status.QUEUED, Run.not_before.is_not(None))
    for run in session.scalars(waiting):
        run.not_before = moved(run.not_before, seconds)


def moved(moment: datetime, seconds: float) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() + seconds, tz=moment.tzinfo)


def words_of_live_runs(session: Session) -> set[str]:
    """Every argument of the runs that are queued or active, the paths of their files among them."""
    live = Run.status.in_((Status.QUEUED, Status.RUNNING))
    return {word for words in session.scalars(select(Run.arguments).where(live)) for word in words}


def request_stop(session: Session, force: bool = False) -> Run | None:
    """Request the end of the active run; None where none is active. A forced stop stays forced."""
    run = active_run(session)
    if run and run.stop_requested != FORCE:
        run.stop_requested = FORCE if force else POLITE
    return run


def cancel(session: Session, number: int) -> Run:
    """End a run that has not begun; `Conflict` when it has, `NotFound` when there is none."""
    run = existing_run(session, number)
    change = update(Run).where(Run.id == number, Run.status == Status.QUEUED)
    values = {"status": Status.SKIPPED, "ended_at": now(), "reason": "cancelled before it began"}
    if session.execute(change.values(values)).rowcount != 1:
        raise Conflict(f"Run {number} is not queued: it is {run.status}.")
    session.refresh(run)
    return run


def existing_run(session: Session, number: int) -> Run:
    run = session.get(Run, number) if number <= LARGEST_NUMBER else None
    if run is None:
        raise NotFound(f"There is no run {number}.")
    return run


def runs_by_number(session: Session, numbers: Iterable[int]) -> dict[int, Run]:
    """Those of the runs that there are."""
    wanted = [number for number in numbers if number <= LARGEST_NUMBER]
    return {run.id: run for run in session.scalars(select(Run).where(Run.id.in_(wanted)))}


def list_runs(
    session: Session, limit: int, offset: int = 0, status: str | None = None, mode: str | None = None
) -> tuple[list[Run], int]:
    """One page of runs, newest first, and how many there are."""
    chosen = filtered(select(Run), status, mode)
    total = session.scalar(filtered(select(func.count(Run.id)), status, mode)) or 0
    page = chosen.order_by(Run.id.desc()).limit(limit).offset(offset)
    return list(session.scalars(page)), total


def filtered(query: Select, status: str | None, mode: str | None) -> Select:
    if status:
        query = query.where(Run.status == status)
    return query.where(Run.mode == mode) if mode else query
