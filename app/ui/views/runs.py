"""The runs: what runs now, what can be started, and the history in pages."""

from flask import Blueprint, Response, request

from app.core.assets.totals import has_artwork
from app.core.execution.asset_lists import listed_inline
from app.core.execution.exchange_requests import SERVER_NAMES
from app.core.execution.run_offers import OF_A_LIBRARY
from app.core.execution.run_requests import STARTABLE
from app.core.modes import EDIT, FULL_RUN, MODES, ONLY, PLAN
from app.core.runs import active_run, list_runs
from app.extensions import machine
from app.models import Run, Status
from app.services.offered_runs import offered_for_libraries, offered_runs
from app.services.server_libraries import known_library_names
from app.ui.figures import grouped_number, lasting
from app.ui.page import page, show
from app.ui.page_numbers import PageNumbers, wanted_page
from app.ui.run_chart import run_chart, seconds_of

PAGE_SIZE = 25
KNOWN_MODES = (*MODES, EDIT)
STATUSES = tuple(str(status) for status in Status)


def register(blueprint: Blueprint) -> None:
    for shown in (grouped_number, lasting, seconds_of, run_kind):
        blueprint.add_app_template_filter(shown)
    blueprint.get("/server/runs")(runs_page)


def run_kind(run: Run) -> str:
    """The name of what it does: its mode, or of a full run over single pictures which one it is."""
    if run.mode != FULL_RUN or ONLY not in run.arguments:
        return run.mode
    return "redraw" if listed_inline(run.arguments, ONLY) == 1 else "redraws"


@page("read")
def runs_page() -> Response:
    """List runs, newest first; mode, outcome and page stand in the address."""
    chosen = chosen_filter()
    number = wanted_page(request.args.get("page"))
    with machine().database.reading() as session:
        runs, total = list_runs(session, PAGE_SIZE, (number - 1) * PAGE_SIZE, **chosen)
        values = {"active": active_run(session), "has_artwork": has_artwork(session)}
    pages = PageNumbers(number, PAGE_SIZE, total)
    shown = {"runs": runs, "pages": pages, "chosen": chosen, "chart": run_chart(runs)}
    return show("runs.html", **values, **shown, **progress_values(), **choices())


def chosen_filter() -> dict[str, str | None]:
    """{"mode", "status"} of the address; None for what is no mode or status."""
    mode, status = request.args.get("mode"), request.args.get("outcome")
    return {
        "mode": mode if mode in KNOWN_MODES else None,
        "status": status if status in STATUSES else None,
    }


def progress_values() -> dict:
    """What the dispatcher publishes of the active run, None where none is active."""
    return {"progress": machine().state.read()["run"], "modes": KNOWN_MODES}


def choices() -> dict:
    """What can be started now, in the order of the page, and what the filters offer."""
    found = {offer.mode: offer for offer in offered_runs(machine())}
    shown = [*(found[mode] for mode in STARTABLE), *offered_for_libraries(machine())]
    plannable = {offer.mode for offer in shown if "plan" in offer.fields}
    if PLAN in found and found[PLAN].available:
        plannable.add(FULL_RUN)
    return {
        "offers": shown,
        "of_a_library": OF_A_LIBRARY,
        "plannable": plannable,
        "servers": SERVER_NAMES,
        "statuses": STATUSES,
        "libraries": known_library_names(machine()),
    }
