"""Starting, stopping and looking at runs."""

from dataclasses import asdict

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.pages import page_fields
from app.api.queueing import queue
from app.api.schemas.runs import (
    BeginSchema,
    FullRunFieldsSchema,
    OneRunSchema,
    PlanQuery,
    PlanSchema,
    RetrySchema,
    RunFieldsSchema,
    RunModesSchema,
    RunsQuery,
    RunsSchema,
    StartedSchema,
    UndoneSchema,
    UndoSchema,
)
from app.api.schemas.shapes import MessageSchema
from app.core import runs
from app.core.decisions.run_changes import changing_runs
from app.core.editing.edits import EditOutcome
from app.core.editing.runs import is_edit
from app.core.execution import instance
from app.core.execution.failed_pictures import retry_arguments
from app.core.execution.plan_requests import (
    arguments_without,
    carried_out,
    changes_without,
)
from app.core.execution.plans import newest_plan, read_plan
from app.core.execution.run_offers import require_fields, require_mode, require_switch
from app.core.execution.run_requests import (
    field_arguments,
    requested_run,
    startable,
)
from app.core.execution.shown_run import describe_run
from app.core.execution.undo_requests import undo_request
from app.core.execution.undone import undone_runs
from app.core.modes import FULL_RUN, ONLY, PLAN, UNDO
from app.extensions import machine
from app.http.security import requires
from app.models import Run, Status
from app.services.artwork_edits import undo_edit
from app.services.offered_runs import offered_runs
from app.services.run_stopping import halt
from app.services.title_corrections import keep_taken_back, rules_taken_back

blueprint = ApiBlueprint("runs", __name__, description="Starting, stopping and looking at runs.")


@blueprint.post("/run/<mode>")
@blueprint.arguments(RunFieldsSchema, required=False)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def start_run(fields: dict, mode: str) -> Response:
    """Run the script in a mode that it has, after the runs that were asked for before."""
    require_mode(machine().settings.poster_script, startable(mode))
    require_fields(machine().settings.poster_script, mode, fields)
    wanted = requested_run(machine().paths.asset_lists, mode, fields)
    return queue(wanted.mode, wanted.arguments)


@blueprint.get("/runs/modes")
@blueprint.response(200, RunModesSchema)
@requires("read")
def get_run_modes() -> Response:
    """List the modes that people ask for, and whether the script and its source can run them now."""
    return jsonify(success=True, modes=[asdict(offer) for offer in offered_runs(machine())])


@blueprint.post("/runs/plan")
@blueprint.arguments(FullRunFieldsSchema, required=False)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def run_plan(fields: dict) -> Response:
    """Write what a full run would do, and change nothing."""
    require_mode(machine().settings.poster_script, PLAN)
    require_fields(machine().settings.poster_script, PLAN, fields)
    return queue(PLAN, field_arguments(machine().paths.asset_lists, fields))


@blueprint.get("/runs/<int:number>/plan")
@blueprint.arguments(PlanQuery, location="query")
@blueprint.response(200, PlanSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def get_plan(query: dict, number: int) -> Response:
    """List the steps of a run: create, replace or skip, each with its reason."""
    with machine().database.reading() as session:
        runs.existing_run(session, number)
    page = read_plan(newest_plan(machine().paths.engine, number), **query)
    return jsonify({**page, **page_fields("steps", page["steps"], page["total"], query)})


@blueprint.post("/runs/<int:number>/undo")
@blueprint.arguments(UndoSchema, required=False)
@blueprint.response(200, UndoneSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def undo_run(form: dict, number: int) -> Response:
    """Take back what a run did to artwork, or to some of it; with `plan`, only write what that would do."""
    with machine().database.reading() as session:
        run = runs.existing_run(session, number)
        is_of_hand = is_edit(session, run)
    return answer_undo(run, is_of_hand, form["assets"], form["plan"])


def answer_undo(run: Run, is_of_hand: bool, assets: list[str] | None, plan: bool = False) -> Response:
    if is_of_hand and not plan:
        return undone_at_once(undo_edit(machine(), run, assets))
    require_mode(machine().settings.poster_script, UNDO)
    wanted = undo_request(machine().paths, run, assets, plan)
    corrected = [] if plan else rules_taken_back(machine(), run.id, assets)
    answer = queue(wanted.mode, wanted.arguments, undoes=wanted.undoes)
    keep_taken_back(machine(), answer.json["run_id"], corrected)
    return answer


@blueprint.post("/runs/<int:number>/begin")
@blueprint.arguments(BeginSchema, required=False)
@blueprint.response(200, UndoneSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def begin_plan(form: dict, number: int) -> Response:
    """Run what a plan is a plan of, without single assets of it."""
    with machine().database.reading() as session:
        planned = carried_out(runs.existing_run(session, number))
        undone = runs.existing_run(session, planned.undoes) if planned.undoes else None
        is_of_hand = undone is not None and is_edit(session, undone)
    if undone:
        return answer_undo(undone, is_of_hand, changes_without(machine().paths, undone, form["excepted"]))
    require_mode(machine().settings.poster_script, planned.mode)
    return queue(planned.mode, arguments_without(machine().paths, planned, form["excepted"]))


@blueprint.post("/runs/<int:number>/retry")
@blueprint.arguments(RetrySchema, required=False)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def retry_failed(form: dict, number: int) -> Response:
    """Try again, in one run, what a run could not make, or some of it; providers are asked anew."""
    with machine().database.reading() as session:
        run = runs.existing_run(session, number)
    require_switch(machine().settings.poster_script, ONLY)
    return queue(FULL_RUN, retry_arguments(machine().paths, run, form["assets"]))


@blueprint.post("/stop")
@blueprint.response(200, MessageSchema)
@requires("run")
def stop_script() -> Response:
    """Ask the active script to end, and end it after ten seconds."""
    success, message = halt(machine(), force=False)
    return jsonify(success=success, message=message)


@blueprint.post("/force-kill")
@blueprint.response(200, MessageSchema)
@requires("run")
def force_kill() -> Response:
    """End the active script, and all that it started, at once."""
    success, message = halt(machine(), force=True)
    return jsonify(success=success, message=message)


@blueprint.delete("/running-file")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def delete_running_file() -> Response:
    """Remove the running file that a script has left behind."""
    removed = instance.remove_on_request(machine().paths, machine().settings.poster_script)
    return jsonify(success=removed, message="Running file deleted" if removed else "There is no running file")


@blueprint.get("/runs")
@blueprint.arguments(RunsQuery, location="query")
@blueprint.response(200, RunsSchema)
@requires("read")
def get_runs(query: dict) -> Response:
    """List runs in every state, newest first."""
    with machine().database.reading() as session:
        page, total = runs.list_runs(session, **query)
        undone = undone_runs(session)
    changed = changing_runs(machine().paths.engine, page)
    return jsonify(page_fields("runs", [describe_run(run, undone, changed) for run in page], total, query))


@blueprint.get("/runs/<int:number>")
@blueprint.response(200, OneRunSchema)
@requires("read")
def get_run(number: int) -> Response:
    """Show one run, how far it is while it is active, and where it stands while it waits."""
    with machine().database.reading() as session:
        run = runs.existing_run(session, number)
        position = runs.ahead_of(session, run) if run.status == Status.QUEUED else None
        shown = describe_run(run, undone_runs(session), changing_runs(machine().paths.engine, [run]))
    active = machine().state.read()["run"]
    progress = active if active and active["id"] == number and run.status == Status.RUNNING else None
    return jsonify(success=True, run=shown, progress=progress, position=position)


@blueprint.delete("/runs/<int:number>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def cancel_run(number: int) -> Response:
    """Take a run out of the queue."""
    with machine().database.writing() as session:
        runs.cancel(session, number)
    return jsonify(success=True, message=f"Run {number} was cancelled")


def undone_at_once(outcome: EditOutcome) -> Response:
    """What `queue` returns, of a run that is over."""
    facts = {"pid": None, "run_id": outcome.run, "status": Status.COMPLETED, "queued": False, "position": 0}
    counts = {"taken_back": len(outcome.done), "left": len(outcome.failed)}
    return jsonify(success=True, message=outcome.summary, **facts, **counts)
