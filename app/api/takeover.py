"""What was taken over of an existing data folder."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.takeover import TakeoverSchema
from app.core.takeover.record import NOTHING_YET, stored_takeover
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("takeover", __name__, description="The takeover of an existing data folder.")


@blueprint.get("/admin/takeover")
@blueprint.response(200, TakeoverSchema)
@requires("admin")
def takeover_report() -> Response:
    """Return what was and was not taken over of an existing Posterizarr data folder at the first start."""
    with machine().database.reading() as session:
        record = stored_takeover(session)
    shown = {name: (record or NOTHING_YET)[name] for name in NOTHING_YET}
    return jsonify({"success": True, "found": record is not None, **shown})
