"""What a run could not make or put in its place, picture by picture, and the run that tries it again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.decisions.run_entries import FAILED, run_entries
from app.core.errors import ApplicationError, Conflict, Invalid
from app.core.execution.asset_lists import asset_list
from app.core.execution.plans import newest_plan, plan_lines
from app.core.modes import FULL_RUN, ONLY, TAKE
from app.core.paths import Paths
from app.models import ENDED, Run

# Why a picture is missing after the run, by the codes of the plan.
NOT_MADE = ("failed", "nothing_found", "no_folder", "shared_folder", "bad_path", "not_matched")
# Runs whose pictures a full run would make, too.
RETRIED = (FULL_RUN, "scheduled", "tautulli", "arr")
MOST_FAILED = 100_000


@dataclass(frozen=True)
class FailedPicture:
    """One picture; `reason` is the code of the plan, `why` the sentence that was written."""

    path: str
    title: str
    reason: str
    why: str


def failed_pictures(paths: Paths, run: Run) -> list[FailedPicture]:
    """What the run could not make or publish, each asset once, in its order."""
    found: dict[str, FailedPicture] = {}
    for picture in (*not_made(paths, run), *not_published(paths, run)):
        found.setdefault(picture.path, picture)
    return list(found.values())


def not_made(paths: Paths, run: Run) -> Iterator[FailedPicture]:
    try:
        for line in plan_lines(newest_plan(paths.engine, run.id)):
            if line.get("reason") in NOT_MADE:
                why = line["why"].removeprefix(f"{line['path']}: ")
                yield FailedPicture(line["path"], line["title"], line["reason"], why)
    except ApplicationError:
        return


def not_published(paths: Paths, run: Run) -> Iterator[FailedPicture]:
    try:
        entries, _ = run_entries(paths.engine, run, FAILED, MOST_FAILED)
    except ApplicationError:
        return
    for entry in entries:
        yield FailedPicture(entry.path, "", "failed", entry.why)


def can_retry(run: Run) -> bool:
    return run.status in ENDED and run.mode in RETRIED


def retry_arguments(paths: Paths, run: Run, assets: Sequence[str] | None) -> list[str]:
    """The arguments of a full run over what the run could not make, or over these assets of that.

    `Conflict` for a run that has not ended or made no such pictures, `Invalid` for assets that did not fail.
    """
    if not can_retry(run):
        raise Conflict(f"Run {run.id} has no pictures that can be made again: it is {run.status}.")
    failed = [picture.path for picture in failed_pictures(paths, run)]
    if not failed:
        raise Conflict(f"Run {run.id} has no picture that failed.")
    known = frozenset(failed)
    if others := [path for path in assets or () if path not in known]:
        raise Invalid(f"Run {run.id} did not fail to make {others[0][:200]!r}.")
    return [ONLY, asset_list(paths.asset_lists, failed if assets is None else assets)]


def arguments_for_assets(paths: Paths, assets: Sequence[str]) -> list[str]:
    """The arguments of a full run that makes and uploads these assets alone, whatever lies there."""
    listed = asset_list(paths.asset_lists, assets)
    return [ONLY, listed, TAKE, listed]
