"""Home: what runs now, what needs a person, and the newest artwork."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app.core.access.origins import open_login_warning
from app.core.assets.totals import has_artwork
from app.core.decisions.changes_since import changes_since
from app.core.modes import FULL_RUN, PLAN
from app.core.problem_history import mended_lately, stored_history
from app.core.runs import active_run, latest_ended, queued_count, runs_by_number
from app.core.samples import sample_images
from app.core.silenced_problems import silenced_problems
from app.core.takeover.record import TakeoverRecord, stored_takeover
from app.core.triggers.listing import trigger_figures
from app.extensions import Machine, machine
from app.http.security import current_caller, public
from app.models import Run, TriggerStatus
from app.models.base import now
from app.services.first_start import leads_to_start
from app.services.offered_runs import offered_runs
from app.services.system_readers import schedule_part, system_readers
from app.ui import built_ui
from app.ui.headline import RunsNow, headline
from app.ui.last_visit import visits
from app.ui.library_query import library_query
from app.ui.newest_artwork import newest_artwork
from app.ui.optional_pages import page_address
from app.ui.page import page, show
from app.ui.problem_links import problem_link
from app.ui.sample_shelf import sample_groups
from app.ui.views.library import picture_address
from app.ui.views.runs import progress_values

SAMPLES = "testing"
FULL_RUNS = (FULL_RUN, "scheduled")
MOST_CHANGES = 12
# How long it is shown that something works again.
SHOWN_MENDED = timedelta(days=7)


def register(blueprint: Blueprint) -> None:
    blueprint.record(add_root)
    blueprint.add_app_template_filter(datetime.fromisoformat, "iso_moment")
    blueprint.get("/server")(own_page)


def add_root(state: BlueprintSetupState) -> None:
    """With UI_PATH the root is the page of the build, which anyone may read."""
    has_build = bool(machine.of(state.app).settings.ui_path)
    state.add_url_rule("/", "index_page", built_page if has_build else index_page)


@public
def built_page() -> AnyResponse:
    return to_folder() or built_ui.built_index()


@page("read")
def index_page() -> AnyResponse:
    """Show Home at the root."""
    return to_folder() or home_page()


@page("read")
def own_page() -> AnyResponse:
    """Show Home, also where UI_PATH has the root."""
    return home_page()


def to_folder() -> AnyResponse | None:
    """Below a base path the root is a folder: the page of a build has addresses relative to it."""
    return None if request.environ.get("PATH_INFO") else redirect(f"{request.script_root}/", 308)


def home_page() -> AnyResponse:
    own = machine()
    if is_led_to_start(own):
        return redirect(url_for("ui.start_page"), 303)
    with own.database.reading() as session:
        values = home_values(own, session)
    values |= {**changes_while_away(own, now()), **progress_values(), **offered_starts(own)}
    return show("home.html", **values)


def is_led_to_start(own: Machine) -> bool:
    """Whether the reader, who may save settings, has the first start still to do."""
    caller = current_caller()
    return caller is not None and "config" in caller.scopes and leads_to_start(own)


def changes_while_away(own: Machine, moment: datetime) -> dict[str, Any]:
    """{"since", "away", "runs_of_away"}: what has changed since the last visit, None without one."""
    since, _ = visits(moment)
    if since is None:
        return {"since": None, "away": None, "runs_of_away": {}}
    away = changes_since(own.paths.engine, own.roots.path("assets"), since, MOST_CHANGES)
    numbers = {each.run for each in away.changes if each.run} | {run.number for run in away.runs}
    with own.database.reading() as session:
        return {"since": since, "away": away, "runs_of_away": runs_by_number(session, numbers)}


def home_values(own: Machine, session: Session) -> dict[str, Any]:
    """What is read of runs, problems, schedule, artwork and samples."""
    runs, found = runs_now(session), shown_problems(own)
    problems = [each for each in found if not each["silenced"]]
    said = headline(runs, [each["type"] for each in problems])
    newest = newest_artwork(session, str(own.roots.path("assets")))
    return {
        "said": said,
        "runs": runs,
        "triggers": trigger_figures(session).counts[TriggerStatus.WAITING],
        "problems": problems,
        "silenced": silenced_problems(session),
        "mended": mended_lately(stored_history(session), now(), SHOWN_MENDED),
        "problem_link": problem_link,
        "newest": newest,
        "drawn": newest.since(runs.active.started_at) if runs.active else None,
        "next_run": next_run(),
        "samples": sample_groups(sample_images(own.paths.test_images)),
        "has_artwork": has_artwork(session),
        "is_taken_over": is_recent_takeover(stored_takeover(session)),
        "address_of": lambda entry: picture_address(entry, library_query({"order": "newest"}, {})),
        "page_address": page_address,
    }


def is_recent_takeover(record: TakeoverRecord | None) -> bool:
    """Whether an existing Posterizarr was taken over in the last days, which a person may not know yet."""
    if not record or not record["finished_at"]:
        return False
    return now() - datetime.fromisoformat(record["finished_at"]) < SHOWN_MENDED


def runs_now(session: Session) -> RunsNow:
    active = active_run(session)
    last, last_full = latest_ended(session), latest_ended(session, FULL_RUNS)
    return RunsNow(active, mode_of_others(active), queued_count(session), last, last_full)


def mode_of_others(active: Run | None) -> str:
    """The mode of a script that another program started; "" for none."""
    status = {} if active else system_readers().status()
    return status["current_mode"] or "" if status.get("running") else ""


def shown_problems(own: Machine) -> list[dict[str, Any]]:
    """All problems but the one that stands above every page."""
    above = open_login_warning(own.config, own.settings.app_host)
    return [found for found in system_readers().problems(private=True) if found["message"] != above]


def next_run() -> tuple[datetime, str] | None:
    """(time in the zone of the schedule, name of the zone) of the next run that is scheduled."""
    known = schedule_part("next_run", "timezone")
    if not known["next_run"]:
        return None
    return datetime.fromisoformat(known["next_run"]), known["timezone"] or ""


def offered_starts(own: Machine) -> dict[str, Any]:
    """The offers of a full run and of samples, and whether a full run can be planned."""
    found = {offer.mode: offer for offer in offered_runs(own)}
    return {
        "full": found[FULL_RUN],
        "sampling": found[SAMPLES],
        "can_plan": PLAN in found and found[PLAN].available,
    }
