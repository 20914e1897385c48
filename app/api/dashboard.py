"""What a start page shows, in one answer."""

from collections.abc import Callable

import structlog
from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.dashboard import DashboardSchema
from app.core.errors import ApplicationError
from app.core.status import UNKNOWN_STATUS
from app.core.system_info import UNKNOWN_SYSTEM
from app.core.version import UNKNOWN_VERSION
from app.http.security import requires
from app.services.system_readers import schedule_part, system_readers

log = structlog.get_logger(__name__)

blueprint = ApiBlueprint("dashboard", __name__, description="What a start page shows, in one answer.")
SCHEDULER_FIELDS = ("success", "enabled", "running", "is_executing", "schedules", "next_run", "timezone")


@blueprint.get("/dashboard/all")
@blueprint.response(200, DashboardSchema)
@requires("read")
def dashboard() -> Response:
    """Return status, version, schedule and machine at once; a part that fails leaves the others whole."""
    known = system_readers()
    return jsonify(
        success=True,
        status=dashboard_part(known.status, UNKNOWN_STATUS),
        version=dashboard_part(known.version, UNKNOWN_VERSION),
        scheduler_status=schedule_part(*SCHEDULER_FIELDS),
        system_info=dashboard_part(known.system_info.read, UNKNOWN_SYSTEM),
    )


def dashboard_part(read: Callable[[], dict], instead: dict) -> dict:
    try:
        return read()
    except (ApplicationError, OSError, SQLAlchemyError) as error:
        log.warning("dashboard_part_failed", error=str(error))
        return instead
