"""Runs that follow from what another run has planned: its plan carried out, or its failed pictures again."""

from collections.abc import Sequence

from app.core.decisions.run_changes import changes_of
from app.core.decisions.run_entries import FAILED, run_entries
from app.core.errors import ApplicationError, Conflict, Invalid
from app.core.execution.asset_lists import asset_list
from app.core.execution.plans import newest_plan, plan_lines
from app.core.execution.run_plan import PlannedRun, planned_run
from app.core.modes import EXCEPT, FULL_RUN, ONLY
from app.core.paths import Paths
from app.models import ENDED, Run, Status

# Why a picture is missing after the run, by the codes of the plan.
NOT_MADE = ("failed", "nothing_found", "no_folder", "shared_folder", "bad_path", "not_matched")
# Runs whose pictures a full run would make, too.
RETRIED = (FULL_RUN, "scheduled", "tautulli", "arr")
MOST_RETRIED = 100_000


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


def retry_arguments(paths: Paths, run: Run, assets: Sequence[str] | None) -> list[str]:
    """The arguments of a full run over what the run could not make, or over these assets of that.

    `Conflict` for a run that has not ended or made no such pictures, `Invalid` for assets that did not fail.
    """
    if run.status not in ENDED or run.mode not in RETRIED:
        raise Conflict(f"Run {run.id} has no pictures that can be made again: it is {run.status}.")
    failed = failed_paths(paths, run)
    if not failed:
        raise Conflict(f"Run {run.id} has no picture that failed.")
    chosen = failed if assets is None else assets
    if others := [path for path in chosen if path not in failed]:
        raise Invalid(f"Run {run.id} did not fail to make {others[0][:200]!r}.")
    return [ONLY, asset_list(paths.asset_lists, chosen)]


def failed_paths(paths: Paths, run: Run) -> dict[str, None]:
    """The assets that the run could not make or publish, in its order."""
    return dict.fromkeys([*paths_not_made(paths, run), *paths_not_published(paths, run)])


def paths_not_made(paths: Paths, run: Run) -> list[str]:
    try:
        lines = plan_lines(newest_plan(paths.engine, run.id))
        return [line["path"] for line in lines if line.get("reason") in NOT_MADE]
    except ApplicationError:
        return []


def paths_not_published(paths: Paths, run: Run) -> list[str]:
    try:
        entries, _ = run_entries(paths.engine, run, FAILED, MOST_RETRIED)
    except ApplicationError:
        return []
    return [entry.path for entry in entries]
