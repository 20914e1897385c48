"""The first start: source, keys, libraries, design and the first posters, step by step."""

from collections.abc import Callable

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from app.core.first_start.draft import SECRETS, SERVERS, Draft, with_entries, with_ticks, without_entry
from app.core.first_start.readiness import STEPS, readiness
from app.core.modes import PLAN
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.extensions import machine
from app.http.security import current_caller
from app.services import first_start
from app.services.first_start import FEW, WHOLE
from app.ui.page import page, show
from app.ui.start_values import start_values

ADDRESS = "/server/start"
EXTENTS = (FEW, WHOLE, PLAN)
REFUSALS = (Conflict, Forbidden, Invalid, NotFound, Unavailable)


def register(blueprint: Blueprint) -> None:
    blueprint.get(ADDRESS)(start_page)
    blueprint.post(ADDRESS)(keep_start)


@page("config")
def start_page() -> AnyResponse:
    """Show one step of the first start, of which each has an address, so that Back and reload lead to it."""
    if request.args.get("step") not in STEPS:
        return redirect(step_address(known_step()), 303)
    return show("start.html", **start_values(known_step()))


@page("config")
def keep_start() -> AnyResponse:
    """Keep what was entered_draft, do what the button says, and show the step that follows."""
    step = known_step()
    try:
        return redirect(carried_out_step(step, request.form.get("go", "save")), 303)
    except REFUSALS as refused:
        response = show("start.html", **start_values(step, refused.detail))
        response.status_code = 409
        return response


def known_step() -> str:
    """The step of the address, else the first one that is not ready."""
    wanted = request.args.get("step")
    return wanted if wanted in STEPS else readiness(first_start.present_draft(machine())).first_open


def carried_out_step(step: str, word: str) -> str:
    """Keep the entries, do what the word of the button says; the address that follows."""
    if word == "leave":
        first_start.leave_start(machine())
        return url_for("ui.own_page")
    draft = first_start.changed_draft(machine(), lambda draft: entered_draft(draft, step))
    action, _, value = word.partition(":")
    if action == "begin" and value in EXTENTS:
        return begun_run(value)
    return step_address(ACTIONS.get(action, same_step)(draft, step, value))


def entered_draft(draft: Draft, step: str) -> Draft:
    """The draft with what the form of the step holds."""
    sent = {name: value for name, value in request.form.items() if isinstance(value, str)}
    if "uploads" in sent:  # a box that is not ticked is not sent
        sent = {"upload": "", **sent}
    found = with_entries(draft, sent, may_send_anywhere())
    if step == "libraries" and "listed" in request.form:
        return with_ticks(found, request.form.getlist("listed"), request.form.getlist("library"))
    return found


def same_step(draft: Draft, step: str, value: str) -> str:
    return step


def test_step(draft: Draft, step: str, value: str) -> str:
    """Test what the step is about."""
    if step in ("source", "libraries"):
        first_start.try_source(machine(), may_send_anywhere())
    if step == "keys":
        first_start.try_keys(machine())
    return step


def step_after(draft: Draft, step: str, value: str) -> str:
    """The next step, where this one is ready once it has been tested."""
    if not readiness(draft).is_ready(step):
        test_step(draft, step, value)
        draft = first_start.present_draft(machine())
    is_ready = readiness(draft).is_ready(step) or step == "keys"
    return STEPS[min(STEPS.index(step) + is_ready, len(STEPS) - 1)]


def step_before(draft: Draft, step: str, value: str) -> str:
    return STEPS[max(STEPS.index(step) - 1, 0)]


def trust_certificate(draft: Draft, step: str, value: str) -> str:
    """Trust the certificate of that fingerprint, and test again."""
    changed = {f"{draft.source}_certificate": value}
    first_start.changed_draft(machine(), lambda one: with_entries(one, changed, may_send_anywhere()))
    return test_step(draft, step, "")


def switch_server(draft: Draft, step: str, value: str) -> str:
    """Take the address and the key for the other kind of server, which is what is there."""
    if value in SERVERS and draft.source in SERVERS:
        moved = {f"{value}_{part}": draft.entry(f"{draft.source}_{part}") for part in ("url", "key")}
        changed = {"source": value, **moved}
        first_start.changed_draft(machine(), lambda one: with_entries(one, changed))
    return test_step(draft, step, "")


def forget_secret(draft: Draft, step: str, value: str) -> str:
    """Forget a secret that was entered."""
    if value in SECRETS:
        first_start.changed_draft(machine(), lambda one: without_entry(one, value))
    return step


ACTIONS: dict[str, Callable[[Draft, str, str], str]] = {
    "check": test_step,
    "next": step_after,
    "back": step_before,
    "trust": trust_certificate,
    "switch": switch_server,
    "forget": forget_secret,
}


def begun_run(extent: str) -> str:
    """Save everything and ask for the run; the address of its pictures, or of its plan."""
    if "run" not in caller_scopes():
        raise Forbidden("Starting a run needs the scope 'run'.")
    checks = LoginAndFolderChecks(
        data=machine().paths.data,
        may_change_login=may_send_anywhere(),
        has_admin_password=bool(machine().settings.app_admin_password),
    )
    number = first_start.begin_first_run(machine(), checks, extent)
    return url_for("ui.run_page", number=number) if extent == PLAN else step_address("first")


def step_address(step: str) -> str:
    return url_for("ui.start_page", step=step)


def caller_scopes() -> tuple[str, ...]:
    caller = current_caller()
    return caller.scopes if caller else ()


def may_send_anywhere() -> bool:
    """Whether the caller may have saved keys sent to another address, as for changes of the settings."""
    return "admin" in caller_scopes()
