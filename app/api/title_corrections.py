"""Titles are corrected by hand, and the pictures with the same fault are found."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.queueing import queued_fields
from app.api.schemas.title_corrections import (
    AlikeSchema,
    CorrectableSchema,
    CorrectingSchema,
    CorrectionsSchema,
)
from app.core.likeness.corrections import Correction
from app.extensions import machine
from app.http.security import requires
from app.services.alike_titles import alike_titles
from app.services.title_corrections import correct_titles, correctable_title

blueprint = ApiBlueprint("title corrections", __name__, description="Titles are corrected by hand.")


@blueprint.get("/assets/<path:asset>/correction")
@blueprint.response(200, CorrectableSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("read")
def get_correction(asset: str) -> Response:
    """Show the correction of a title that stands, and what was measured of it."""
    found = correctable_title(machine(), asset)
    more = {"kind": found.place.kind, "correction": found.present}
    known = {name: getattr(found, name) for name in ("asset", "title", "takes_text", "measure", "paths")}
    return jsonify(CorrectableSchema().dump({"success": True, **known, **more}))


@blueprint.get("/assets/<path:asset>/alike")
@blueprint.response(200, AlikeSchema)
@requires("read")
def get_alike(asset: str) -> Response:
    """List the pictures with the fault that the last correction of this one mended, the worst first."""
    found = alike_titles(machine(), asset)
    facts = {"asset": asset, "fault": found.fault.code if found.fault else None, "alike": found.shown}
    more = {"total": found.total, "left_out": found.left_out}
    return jsonify(AlikeSchema().dump({"success": True, **facts, **more}))


@blueprint.post("/corrections")
@blueprint.arguments(CorrectionsSchema)
@blueprint.response(200, CorrectingSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def post_corrections(form: dict) -> Response:
    """Save corrections of titles as rules, and queue one run that draws what they change.

    An undo of that run takes back the rules, too. One picture alone is drawn whosever it is; of several,
    those that persons hold stay.
    """
    wanted = [(one.pop("asset"), Correction(**one)) for one in form["corrections"]]
    done = correct_titles(machine(), wanted)
    return jsonify(**queued_fields(done.run, done.ahead), count=done.count)
