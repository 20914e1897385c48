"""A plan carried out, as a whole or without single pictures."""

from collections.abc import Sequence

from app.core.decisions.run_changes import changes_of
from app.core.errors import Conflict, Invalid
from app.core.execution.asset_lists import asset_list
from app.core.execution.run_plan import PlannedRun, planned_run
from app.core.modes import EXCEPT, FULL_RUN
from app.core.paths import Paths
from app.models import Run, Status


def carried_out(run: Run) -> PlannedRun:
    """What the plan is a plan of; `Conflict` where it cannot be carried out as it stands."""
    planned = planned_run(run) if run.status == Status.COMPLETED else None
    if planned is None:
        raise Conflict(f"Run {run.id} is no plan that can be carried out as it stands.")
    return planned


def arguments_without(paths: Paths, planned: PlannedRun, excepted: Sequence[str] | None) -> list[str]:
    """The arguments of the planned run that leave out these assets; `Conflict` where it cannot."""
    if not excepted:
        return []
    if planned.mode != FULL_RUN:
        raise Conflict(f"Single pictures cannot be left out of a run in mode {planned.mode}.")
    return [EXCEPT, asset_list(paths.asset_lists, excepted)]


def changes_without(paths: Paths, run: Run, excepted: Sequence[str] | None) -> list[str] | None:
    """The assets that an undo of the run without these concerns, None for all; `Invalid` for none."""
    if not excepted:
        return None
    left_out = frozenset(excepted)
    kept = [path for path in changes_of(paths.engine, run.id, run.queued_at).paths if path not in left_out]
    if not kept:
        raise Invalid("Nothing is left of the plan: every picture of it is left out.")
    return kept
