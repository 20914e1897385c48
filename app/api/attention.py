"""What needs a person, and what of it is to be ignored."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.asset_answers import root_id
from app.api.document import ErrorSchema
from app.api.queueing import queue
from app.api.schemas.attention import (
    AttentionQuerySchema,
    AttentionSchema,
    IgnoredSchema,
    IgnoreSchema,
    PicturesAgainSchema,
)
from app.api.schemas.runs import StartedSchema
from app.api.schemas.shapes import SuccessSchema
from app.core.assets.roots import PLACES
from app.core.attention.ignoring import concern_named, forget_ignore, ignore_entry, ignore_kind
from app.core.attention.listing import AttentionSelection, concern_counts, most_urgent, page_of_concern
from app.core.catalogue.selection import Selection
from app.core.execution.failed_pictures import arguments_for_assets
from app.core.execution.run_offers import require_switch
from app.core.modes import FULL_RUN, ONLY
from app.extensions import machine
from app.http.security import requires

ROOT = "assets"

blueprint = ApiBlueprint("attention", __name__, description="What needs a person.")


@blueprint.get("/attention")
@blueprint.arguments(AttentionQuerySchema, location="query")
@blueprint.response(200, AttentionSchema)
@requires("read")
def get_attention(query: dict) -> Response:
    """Count what needs a person by concern, and list the pictures of one concern, else of the most urgent."""
    selection = Selection(root_id(ROOT), query["words"], query["filters"])
    with machine().database.reading() as session:
        counts = concern_counts(session, selection)
        wanted = AttentionSelection(selection, query["concern"] or most_urgent(counts), query["ignored"])
        places = {name: query[name] for name in ("after", "before")}
        found = page_of_concern(session, wanted, PLACES[ROOT].prefix, query["limit"], **places)
    concerns = [{"concern": name, **numbers} for name, numbers in counts.items()]
    ends = {"next": found.next, "previous": found.previous}
    return jsonify(success=True, concern=wanted.concern, concerns=concerns, **found._asdict(), **ends)


@blueprint.post("/attention/retry")
@blueprint.arguments(PicturesAgainSchema)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def make_again(form: dict) -> Response:
    """Make and upload these pictures alone in one run, whatever lies in their places."""
    require_switch(machine().settings.poster_script, ONLY)
    return queue(FULL_RUN, arguments_for_assets(machine().paths, form["assets"]))


@blueprint.post("/attention/ignores")
@blueprint.arguments(IgnoreSchema)
@blueprint.response(200, IgnoredSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def add_ignore(form: dict) -> Response:
    """Ignore one picture for good or until other artwork is found, or all that a filter leaves."""
    concern = concern_named(form["concern"])
    with machine().database.writing() as session:
        if form["entry"] is None:
            number = ignore_kind(session, concern, form["filter"], form["filter"]["search"])
        else:
            number = ignore_entry(session, concern, form["entry"], form["until_new"])
    return jsonify(success=True, id=number)


@blueprint.delete("/attention/ignores/<int:number>")
@blueprint.response(200, SuccessSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("assets")
def remove_ignore(number: int) -> Response:
    """Take an ignore back."""
    with machine().database.writing() as session:
        forget_ignore(session, number)
    return jsonify(success=True)
