"""One picture is drawn again, as it is or with another text."""

from flask import Response

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.queueing import queue
from app.api.schemas.redraws import RedrawSchema
from app.api.schemas.runs import StartedSchema
from app.core.decisions import versions
from app.core.errors import Conflict
from app.core.execution.run_offers import missing_source, require_switch
from app.core.execution.run_requests import redraw_arguments
from app.core.modes import FULL_RUN, ONLY
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("asset_redraws", __name__, description="Artwork is drawn again.")


@blueprint.post("/assets/<path:asset>/redraw")
@blueprint.arguments(RedrawSchema)
@blueprint.response(200, StartedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def redraw_asset(form: dict, asset: str) -> Response:
    """Draw one picture again by the present settings and rules, whosever it is.

    With a text it is drawn with that, and is held: no later run replaces it until it is released.
    """
    own = machine()
    require_switch(own.settings.poster_script, ONLY)
    if obstacle := missing_source(own.config, own.media_folder is not None, FULL_RUN):
        raise Conflict(obstacle.sentence)
    versions.asset_file(own.paths.engine, own.roots.path("assets"), asset)
    return queue(FULL_RUN, redraw_arguments(asset, form["text"]))
