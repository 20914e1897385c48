"""How many runs there are of which kind, and when the last one ended."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import ENDED, Run, Status
from app.models.base import now


@dataclass(frozen=True)
class RunFigures:
    """`counts` holds (mode, status, number)."""

    counts: list[tuple[str, str, int]]
    queued: int
    last_run_age: float | None


def run_figures(session: Session) -> RunFigures:
    groups = select(Run.mode, Run.status, func.count()).group_by(Run.mode, Run.status)
    counts = [(mode, status, count) for mode, status, count in session.execute(groups)]
    last = session.scalar(select(func.max(Run.ended_at)).where(Run.status.in_(ENDED)))
    age = max((now() - last).total_seconds(), 0.0) if last else None
    queued = sum(count for _, status, count in counts if status == Status.QUEUED)
    return RunFigures(counts, queued, age)
