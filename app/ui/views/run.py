"""One run: how it ended or how far it is, its figures, plan, failures, changes and log."""

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from app.core.execution.run_log import has_own_log
from app.core.execution.run_plan import planned_run
from app.core.execution.undone import undone_runs
from app.core.history import COUNTERS
from app.core.runs import LARGEST_NUMBER, ahead_of
from app.extensions import machine
from app.models import Run, Status
from app.ui.page import page, show
from app.ui.run_details import details, undo_values, without_base
from app.ui.views.runs import progress_values

# Beside images and errors, which the sentence has; the others are switches.
FIGURES = tuple(
    name for name in COUNTERS if name not in ("total_images", "errors", "notification_sent", "uptime_kuma")
)


def register(blueprint: Blueprint) -> None:
    blueprint.add_app_template_filter(without_base)
    blueprint.get("/server/runs/<int:number>")(run_page)


@page("read")
def run_page(number: int) -> Response:
    """Show one run; one that the history does not have is 404, with a way to the others."""
    with machine().database.reading() as session:
        run = session.get(Run, number) if number <= LARGEST_NUMBER else None
        values = run_values(session, run) if run else {}
    if run:
        values |= details(machine(), run, values["is_log_own"])
    response = show("runs/run.html", run=run, number=number, **values, **progress_values())
    response.status_code = response.status_code if run else 404
    return response


def run_values(session: Session, run: Run) -> dict:
    """What the sentence, the figures and the buttons of a run are made of."""
    return {
        "figures": [(name, count) for name in FIGURES if (count := getattr(run, name))],
        "position": ahead_of(session, run) if run.status == Status.QUEUED else 0,
        "is_log_own": has_own_log(session, run),
        "planned": planned_run(run) if run.status == Status.COMPLETED else None,
        **undo_values(machine(), run, undone_runs(session)),
    }
