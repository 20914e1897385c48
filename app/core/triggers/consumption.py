"""Waiting triggers become runs, and the end of their runs decides the state of triggers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from app.core.runs import request_run
from app.core.senders.event import Event
from app.core.triggers.inbox import event_from
from app.core.triggers.merging import planned
from app.core.triggers.retries import Setback, setback
from app.models import Origin, Run, Status, Trigger, TriggerRun, TriggerStatus

WAITING = Trigger.status == TriggerStatus.WAITING
LIVE = (Status.QUEUED, Status.RUNNING)
DUE_AT_ONCE = 50


@dataclass(frozen=True)
class Due:
    """An item whose wait is over; `newest` changes with each further event."""

    identity: str
    kind: str
    title: str
    newest: int
    due_since: datetime

    @property
    def can_be_looked_up(self) -> bool:
        """Whether a media server can be queried for it; Tautulli's events come from one."""
        return self.kind == "arr" and bool(self.title)


def due_items(session: Session, moment: datetime, limit: int = DUE_AT_ONCE) -> list[Due]:
    """The items whose wait is over, in the order in which it ended; first those that need no look-up."""
    # Most looks end here; the groups of a full inbox take a while to make.
    if not session.scalar(select(exists().where(WAITING, Trigger.waiting_until <= moment))):
        return []
    until = func.max(Trigger.waiting_until)
    groups = select(
        Trigger.identity,
        func.min(Trigger.kind),
        func.max(Trigger.title),
        func.max(Trigger.id),
        func.coalesce(func.min(Trigger.due_since), until, type_=Trigger.waiting_until.type),
    )
    chosen = groups.where(WAITING).group_by(Trigger.identity).having(until <= moment)
    needs_look_up = func.min(case((Trigger.kind == "arr", 1), else_=0))
    oldest = chosen.order_by(needs_look_up, until, func.max(Trigger.id)).limit(limit)
    return [Due(*facts) for facts in session.execute(oldest)]


def waiting_rows(session: Session, identity: str) -> list[Trigger]:
    rows = select(Trigger).where(WAITING, Trigger.identity == identity).order_by(Trigger.id)
    return list(session.scalars(rows.with_for_update()))


def request_runs(session: Session, identity: str, as_lists: bool) -> list[Run]:
    """Queue the runs for all that waits for this item."""
    rows = waiting_rows(session, identity)
    if not rows:
        return []
    open_episodes = {row.id: remaining(session, row) for row in rows}
    wanted = {number for numbers in open_episodes.values() for number in numbers}
    parts = planned([event_from(row) for row in rows], wanted, as_lists)
    runs = [request_run(session, part.kind, Origin.WEBHOOK, script_arguments(part)) for part in parts]
    tries = min(row.attempts for row in rows)
    for row in rows:
        # A new event gives a failed one new attempts.
        row.status, row.attempts = TriggerStatus.QUEUED, tries
        for run, part in zip(runs, parts, strict=True):
            link(session, row, run, [number for number in part.episodes if number in open_episodes[row.id]])
    return runs


def link(session: Session, row: Trigger, run: Run, episodes: list[int]) -> None:
    """Record that the run is for the row; an item without episodes is served by every run of it."""
    if episodes or not row.episodes:
        session.add(TriggerRun(trigger_id=row.id, run_id=run.id, episodes=episodes))


def links_of(session: Session, row: Trigger) -> list[tuple[TriggerRun, Run | None]]:
    """The runs of a trigger, in their order."""
    pairs = select(TriggerRun, Run).outerjoin(Run, Run.id == TriggerRun.run_id)
    chosen = pairs.where(TriggerRun.trigger_id == row.id).order_by(TriggerRun.run_id)
    return [(found, run) for found, run in session.execute(chosen)]


def remaining(session: Session, row: Trigger) -> list[int]:
    """The episodes of a trigger for which no run has completed."""
    done = {
        number for found, run in links_of(session, row) if has_completed(run) for number in found.episodes
    }
    return [number for number in row.episodes if number not in done]


def has_completed(run: Run | None) -> bool:
    return run is not None and run.status == Status.COMPLETED


@dataclass(frozen=True)
class TriggerVerdict:
    """A trigger whose runs have ended; without a setback it is done."""

    trigger: Trigger
    setback: Setback | None = None
    attempts: int = 0

    @property
    def delay(self) -> timedelta | None:
        return self.setback.delay(self.attempts) if self.setback else None

    @property
    def is_dead(self) -> bool:
        return self.setback is not None and self.delay is None


def verdicts(session: Session, is_built_in: bool) -> list[TriggerVerdict]:
    """The verdict on each queued trigger all of whose runs have ended."""
    at_work = exists().where(
        TriggerRun.trigger_id == Trigger.id, TriggerRun.run_id == Run.id, Run.status.in_(LIVE)
    )
    ended = select(Trigger).where(Trigger.status == TriggerStatus.QUEUED, ~at_work).order_by(Trigger.id)
    rows = list(session.scalars(ended))
    return [verdict_on(session, row, is_built_in) for row in rows]


def verdict_on(session: Session, row: Trigger, is_built_in: bool) -> TriggerVerdict:
    last = [run for _, run in links_of(session, row)]
    failed = [run for run in last if not has_completed(run)]
    is_done = not remaining(session, row) if row.episodes else bool(last) and has_completed(last[-1])
    if is_done:
        return TriggerVerdict(row)
    return TriggerVerdict(row, setback(failed[-1] if failed else None, is_built_in), row.attempts + 1)


def apply_verdict(session: Session, verdict: TriggerVerdict, file: str, moment: datetime) -> None:
    """Store a verdict and the file's new name, unless another process was faster."""
    row = session.get(Trigger, verdict.trigger.id)
    if row is None or row.status != TriggerStatus.QUEUED:
        return
    row.last_error = verdict.setback.reason if verdict.setback else None
    if verdict.delay:
        try_again(row, verdict, moment)
        return
    row.status = TriggerStatus.FAILED if verdict.is_dead else TriggerStatus.DONE
    row.attempts = verdict.attempts or row.attempts + 1
    row.ended_at = moment
    if verdict.is_dead:
        row.file, row.fingerprint = file, None


def try_again(row: Trigger, verdict: TriggerVerdict, moment: datetime) -> None:
    row.status = TriggerStatus.WAITING
    row.attempts = verdict.attempts
    row.waiting_until = moment + verdict.delay
    row.look_ups, row.due_since = 0, None


def is_idle(session: Session) -> bool:
    """Whether no run is active or queued; until then further events of the item are collected."""
    return not session.scalar(select(exists().where(Run.status.in_(LIVE))))


def script_arguments(event: Event) -> list[str]:
    """The words that follow the switch of the mode; the mode's name is the event's kind.

    The line `event` is left out: no script knows that name, and every trigger has the same value there.
    """
    named = [(key, value) for key, value in event.fields if key != "event"]
    return [word for key, value in named for word in (f"-{key}", value)]
