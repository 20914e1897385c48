"""What other chapters show of the scheduler."""

from sqlalchemy.exc import SQLAlchemyError

from app.api.system_readers import readings
from app.core.errors import ApplicationError

NOTHING = {
    "success": False,
    "enabled": False,
    "running": False,
    "is_executing": False,
    "schedules": [],
    "timezone": None,
    "last_run": None,
    "next_run": None,
    "active_jobs": [],
}


def schedule_part(*names: str) -> dict:
    """The named fields of the scheduler's status, or what stands for them while it cannot be read."""
    try:
        told = readings().schedule()
    except (ApplicationError, OSError, SQLAlchemyError):
        told = NOTHING
    return {name: told.get(name, NOTHING[name]) for name in names}
