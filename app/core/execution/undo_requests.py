"""Requests to take back what a run did to artwork."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.decisions.run_changes import RunChanges, changes_of
from app.core.errors import Conflict, Invalid
from app.core.execution.asset_lists import asset_list
from app.core.modes import ONLY, PLAN, UNDO, UNDO_RUN
from app.core.paths import Paths
from app.models import ENDED, Run

MOST_NAMED = 3


@dataclass(frozen=True)
class UndoRequest:
    """The mode and arguments of an undo, and the run that it takes back, None where it only writes a plan."""

    mode: str
    arguments: list[str]
    undoes: int | None = None


def undo_request(paths: Paths, run: Run, assets: Sequence[str] | None, plan: bool) -> UndoRequest:
    """Take back the run, or what it did to these assets; with `plan`, write what that would do.

    `Conflict` for a run that has not ended, `Invalid` where it changed nothing, or not these assets.
    """
    if run.status not in ENDED:
        raise Conflict(f"Run {run.id} is {run.status}: only a run that has ended can be undone.")
    changes = changes_of(paths.engine, run.id, run.queued_at)
    if not changes.paths:
        raise Invalid(f"There is nothing to undo: the journal has no artwork that run {run.id} changed.")
    words = [changes.target]
    if assets is not None:
        words += [ONLY, asset_list(paths.asset_lists, assets)]
        require_changed(run.id, assets, changes)
    return UndoRequest(PLAN, [UNDO_RUN, *words]) if plan else UndoRequest(UNDO, words, run.id)


def require_changed(number: int, assets: Sequence[str], changes: RunChanges) -> None:
    others = [path for path in assets if path not in changes.paths]
    if others:
        named = ", ".join(repr(path) for path in others[:MOST_NAMED])
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        raise Invalid(f"Run {number} did not change {named}{more}.")
