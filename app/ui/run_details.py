"""What the page of a run shows of its plan, its journal and its log, a page of each at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from app.core.decisions.run_changes import changing_runs
from app.core.decisions.run_entries import DONE, StepPictures, pictures_of_steps, run_entries
from app.core.errors import ApplicationError, NotFound
from app.core.execution.asset_lists import listed_count
from app.core.execution.failed_pictures import NOT_MADE, can_retry, failed_pictures
from app.core.execution.plans import ACTIONS, newest_plan, read_plan
from app.core.execution.run_log import error_lines, last_log_lines
from app.core.execution.run_plan import concerns_files
from app.core.execution.undone import Undone, undone_fields
from app.core.modes import EXCEPT, ONLY, UNDO, UNDO_RUN, VERSION
from app.extensions import Machine
from app.models import ENDED, Run
from app.ui.coming_pictures import ComingPicture, coming_pictures
from app.ui.page_numbers import PageNumbers, wanted_page

STEPS, ENTRIES, LINES = 25, 25, 40
MOST_ERRORS = 20
KEPT_PARAMETERS = ("action", "reason", "page", "changes", "failures")


@dataclass(frozen=True)
class ShownPlan:
    """A page of the steps of a plan, what all steps come to, and the filter."""

    steps: list[dict[str, Any]]
    pages: PageNumbers
    totals: dict[str, int]
    reasons: dict[str, int]
    pictures: dict[str, StepPictures]
    coming: list[ComingPicture | None]
    action: str | None
    reason: str | None


def shown_plan(machine: Machine, run: Run) -> ShownPlan | None:
    """The page of the plan that the address names, None where the run has no plan any more."""
    action, reason = request.args.get("action"), request.args.get("reason", "")[:64] or None
    action = action if action in ACTIONS else None
    number = wanted_page(request.args.get("page"))
    try:
        path = newest_plan(machine.paths.engine, run.id)
        found = read_plan(path, STEPS, (number - 1) * STEPS, action, reason, changes_first=True)
    except NotFound:
        return None
    return ShownPlan(
        steps=found["steps"],
        pages=PageNumbers(number, STEPS, found["total"]),
        totals=found["totals"] or {},
        reasons=found["reasons"] or {},
        pictures=shown_pictures(machine, run, [step["path"] for step in found["steps"]]),
        coming=coming_pictures(machine, run, found["steps"]),
        action=action,
        reason=reason,
    )


def shown_pictures(machine: Machine, run: Run, paths: list[str]) -> dict[str, StepPictures]:
    if not paths or not concerns_files(run):
        return {}
    return pictures_of_steps(machine.paths.engine, machine.roots.path("assets"), run, paths)


@dataclass(frozen=True)
class ShownEntries:
    """A page of the steps that the journal has of a run, or why it cannot be read."""

    rows: list[Any]
    pages: PageNumbers
    trouble: str = ""


def shown_entries(machine: Machine, run: Run, state: str, parameter: str) -> ShownEntries:
    number = wanted_page(request.args.get(parameter))
    try:
        rows, total = run_entries(machine.paths.engine, run, state, ENTRIES, (number - 1) * ENTRIES)
    except ApplicationError as error:
        return ShownEntries([], PageNumbers(1, ENTRIES, 0), error.detail)
    return ShownEntries(rows, PageNumbers(number, ENTRIES, total))


def shown_failures(machine: Machine, run: Run) -> ShownEntries:
    """A page of what the run could not make or put in its place."""
    number, failed = wanted_page(request.args.get("failures")), failed_pictures(machine.paths, run)
    first = (number - 1) * ENTRIES
    return ShownEntries(failed[first : first + ENTRIES], PageNumbers(number, ENTRIES, len(failed)))


def scope_values(run: Run) -> dict[str, int | None]:
    """How many pictures alone the run is about, and how many it leaves out; None for neither."""
    is_undo = run.mode in (UNDO, VERSION) or UNDO_RUN in run.arguments
    only = None if is_undo else listed_count(run.arguments, ONLY)
    return {"only": only, "excepted": listed_count(run.arguments, EXCEPT)}


def details(machine: Machine, run: Run, is_log_own: bool) -> dict[str, Any]:
    """What there is of plan, changes, failures, errors and log, and the numbers of `scope_values`.

    `not_made` has (code, number of steps) of the plan, `errors` the first of the log.
    """
    hidden, plan = machine.secret_values(), shown_plan(machine, run)
    counts = plan.reasons if plan else {}
    return {
        "plan": plan,
        "changes": shown_entries(machine, run, DONE, "changes"),
        "failures": shown_failures(machine, run),
        "can_retry": can_retry(run) and not machine.settings.poster_script,
        "not_made": [(code, counts[code]) for code in NOT_MADE if counts.get(code)],
        "errors": error_lines(machine.paths, run, MOST_ERRORS, hidden) if is_log_own and run.errors else [],
        "log": last_log_lines(machine.paths, run, LINES, hidden) if is_log_own else [],
        "address": address_of_run(),
        **scope_values(run),
    }


def without_base(address: str) -> str:
    """The address as the API takes it in a parameter: without the folder below which the server lies."""
    return address.removeprefix(request.script_root)


def address_of_run() -> Callable[..., dict[str, object]]:
    """Returns the parameters of the present address with some of them changed."""

    def changed(**values: object) -> dict[str, object]:
        return {
            name: value for name in KEPT_PARAMETERS if (value := values.get(name, request.args.get(name)))
        }

    return changed


def undo_values(machine: Machine, run: Run, undone: dict[int, Undone]) -> dict[str, Any]:
    """Whether the run can be taken back, and by which run it was; only what changed artwork and has ended."""
    mark = undone_fields(run.id, undone)
    is_whole = mark["undone_by"] is not None and not mark["undone_in_part"]
    changed = changing_runs(machine.paths.engine, [run]) or frozenset()
    return {**mark, "can_undo": run.status in ENDED and run.id in changed and not is_whole}
