"""The life of runs as events: queued, started, progress, ended, removed."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.core.live.event_log import MOST_AT_ONCE, LiveEvent, reset
from app.core.state import SharedState
from app.core.status import PROGRESS
from app.models import Origin, Run, Status

UNDER_WAY = (Status.QUEUED, Status.RUNNING)
PLAIN = (
    *("id", "mode", "origin", "status", "reason", "attempt", "log_file", "exit_code"),
    *("total_images", "errors"),
)
TIMES = ("queued_at", "started_at", "ended_at")
KINDS = ("run_queued", "run_started", "run_ended")


class RunEvents:
    """Compares the runs under way with those of the last look."""

    def __init__(self):
        self.known: dict[int, int] | None = None
        self.newest = 0

    def read(self, session: Session) -> list[LiveEvent]:
        newest = session.scalar(select(func.max(Run.id))) or 0
        rows = list(session.scalars(self.candidates()))
        known, events = self.known, []
        if len(rows) > MOST_AT_ONCE:
            events = [reset("runs")]
        elif known is not None:
            events = list(run_events(known, rows))
        self.newest = newest
        self.known = {run.id: stage for run in rows if (stage := stage_of(run)) < len(UNDER_WAY)}
        return events

    def candidates(self) -> Select:
        """The runs under way, those that were, and new ones; many new ones were imported."""
        ways = [Run.status.in_(UNDER_WAY)]
        if self.known is not None:
            ways += [Run.id > self.newest, Run.id.in_(self.known)]
        return select(Run).where(or_(*ways)).order_by(Run.id).limit(MOST_AT_ONCE + 1)


def run_events(known: dict[int, int], rows: list[Run]) -> Iterator[LiveEvent]:
    for run in rows:
        for kind in steps(known.get(run.id), run):
            yield LiveEvent(kind, describe_change(run))
    for gone in known.keys() - {run.id for run in rows}:
        yield LiveEvent("run_removed", {"id": gone})


def stage_of(run: Run) -> int:
    """Queued, running or ended: an edit at work has no end, but the status of one that is cut short."""
    if run.status == Status.INTERRUPTED and run.ended_at is None:
        return UNDER_WAY.index(Status.RUNNING)
    return UNDER_WAY.index(run.status) if run.status in UNDER_WAY else len(UNDER_WAY)


def steps(before: int | None, run: Run) -> list[str]:
    """The kinds of events between two looks; a short run may have passed several stages."""
    after = stage_of(run)
    if before is None and (run.status == Status.SKIPPED or run.origin == Origin.RECOVERED):
        return [KINDS[after]]
    if before is not None and after < before:  # back in the queue
        return [KINDS[after]]
    first = 0 if before is None else before + 1
    return [KINDS[stage] for stage in range(first, after + 1) if stage != 1 or run.started_at]


def describe_change(run: Run) -> dict[str, Any]:
    times = {name: moment.isoformat() if (moment := getattr(run, name)) else None for name in TIMES}
    return {**{name: getattr(run, name) for name in PLAIN}, **times}


class ProgressEvents:
    """Compares the published progress of the active run with that of the last look."""

    def __init__(self, state: SharedState):
        self.state = state
        self.shown: dict[str, Any] | None = None

    def read(self, session: Session) -> list[LiveEvent]:
        run = self.state.read()["run"]
        before = self.shown
        self.shown = run and {name: run.get(name) for name in ("id", "mode", *PROGRESS, "counts")}
        if self.shown in (None, before):
            return []
        return [LiveEvent("run_progress", self.shown, is_kept=False)]
