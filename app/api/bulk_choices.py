"""Many image choices at once: what a change would do, the change, and its undo."""

from flask import Response, jsonify
from sqlalchemy.orm import Session

from app.api.api_blueprint import ApiBlueprint
from app.api.choice_answers import choice_answers
from app.api.document import ErrorSchema
from app.api.schemas.bulk_choices import BulkResolvedSchema, BulkResolveSchema, UndoneChangeSchema
from app.core.choices.resolving import (
    ChoiceFilter,
    ResolvePlan,
    change_verdicts,
    filtered_ids,
    resolve_plan,
    undo_change,
)
from app.core.choices.state import grades
from app.extensions import machine
from app.http.security import requires

MOST_NAMED = 100

blueprint = ApiBlueprint("changes of choices", __name__, description="Many image choices at once.")


@blueprint.post("/imagechoices/bulk-resolve")
@blueprint.arguments(BulkResolveSchema)
@blueprint.response(200, BulkResolvedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def bulk_resolve(form: dict) -> Response:
    """Resolve the choices of a list, or of a filter but for exceptions, or open them again."""
    if form["dry_run"]:
        with machine().database.reading() as session:
            plan = asked_plan(session, form)
        return jsonify(message=f"{len(plan.ids)} image choices would be changed", **plan_fields(plan, form))
    with machine().database.writing() as session:
        plan = asked_plan(session, form)
        plan.require_size(form["expected"])
        number = change_verdicts(session, choice_answers().rules(), plan.ids, form["resolved"])
    message = f"{len(plan.ids)} image choices {'resolved' if form['resolved'] else 'opened again'}"
    return jsonify(message=message, **plan_fields(plan, form, number))


@blueprint.post("/imagechoices/changes/<int:number>/undo")
@blueprint.response(200, UndoneChangeSchema)
@blueprint.alt_response(405, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def undo_bulk_change(number: int) -> Response:
    """Take a change of many choices back; those that were changed again since stay as they are."""
    rules = choice_answers().rules()
    with machine().database.writing() as session:
        count, skipped = undo_change(session, rules, number)
    return jsonify(
        success=True, message=f"{count} image choices are as before", count=count, skipped_count=skipped
    )


def asked_plan(session: Session, form: dict) -> ResolvePlan:
    ids = form["ids"]
    if ids is None:
        answers = choice_answers()
        found = grades(answers.state(), answers.rules())
        ids = filtered_ids(session, ChoiceFilter(**form["filter"]), found)
    return resolve_plan(session, ids, form["excepted"], form["resolved"])


def plan_fields(plan: ResolvePlan, form: dict, number: int | None = None) -> dict:
    """The fields of `BulkResolvedSchema` but the message."""
    skipped = [{"why": why, "count": len(ids), "ids": ids[:MOST_NAMED]} for why, ids in plan.skipped.items()]
    return {
        "success": True,
        "dry_run": form["dry_run"],
        "change": number,
        "count": len(plan.ids),
        "skipped_count": sum(each["count"] for each in skipped),
        "skipped": skipped,
    }
