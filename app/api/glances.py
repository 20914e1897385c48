"""One small answer and a badge for other dashboards, with a scope of their own."""

from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.api.asset_answers import root_id
from app.api.dashboard import blueprint
from app.api.schemas.dashboard import GlanceSchema
from app.core.assets.naming import PLURALS
from app.core.assets.summary import asset_statistics, library_folders
from app.core.glance import badge_svg, badge_words, glance
from app.core.runs import latest_ended
from app.extensions import machine
from app.http.security import requires
from app.models import Run
from app.services.system_readers import schedule_part, system_readers

SVG = {"type": "string"}


@blueprint.get("/dashboard/status")
@blueprint.response(200, GlanceSchema)
@requires("status")
def dashboard_status() -> Response:
    """Return what runs, what comes, what was last, how much there is, and whether the server is well."""
    response = jsonify(success=True, **found_at_a_glance())
    response.cache_control.no_store = True
    return response


@blueprint.get("/dashboard/badge.svg")
@blueprint.response(200, SVG, content_type="image/svg+xml", description="A badge of one line.")
@requires("status")
def dashboard_badge() -> Response:
    """Return a badge: the number of problems, else what runs, else "idle"."""
    response = Response(badge_svg(*badge_words(found_at_a_glance())), mimetype="image/svg+xml")
    response.cache_control.no_store = True
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def found_at_a_glance() -> dict:
    known = system_readers()
    last, images = stored_figures()
    next_run = schedule_part("next_run")["next_run"]
    return glance(known.status(), known.problems(private=False), next_run, last, images)


def stored_figures() -> tuple[Run | None, dict[str, int] | None]:
    """The last run and the counts of images; none while the database does not answer, which is a problem."""
    try:
        with machine().database.reading() as session:
            sums = asset_statistics(library_folders(session, root_id()))
            last = latest_ended(session)
            return last, {plural: sums[plural] for plural in PLURALS}
    except SQLAlchemyError:
        return None, None
