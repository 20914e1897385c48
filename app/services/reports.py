"""Imports reports into the history on request; the dispatcher does so by itself."""

from sqlalchemy.exc import IntegrityError

from app.core.errors import Unavailable, reason_of
from app.core.execution.importing import ReportWatch
from app.core.execution.report import Reader
from app.core.local_time import zone_or_none
from app.core.runs import active_run
from app.extensions import Machine


def import_reports(machine: Machine) -> int | None:
    """How many runs the history gains from Logs and RotatedLogs; None while a run is active.

    The report of an active run belongs to that run, whichever thread reads it first.
    """
    watch = ReportWatch(machine.paths, Reader(zone_or_none(machine.settings.tz)))
    try:
        with machine.database.writing() as session:
            return None if active_run(session) else len(watch.take_in(session, watch.fresh()))
    except IntegrityError:
        return 0  # the dispatcher has taken in the same reports at the same moment
    except OSError as error:
        raise Unavailable(f"The reports cannot be read at the moment: {reason_of(error)}.") from error
