"""The sign-in: a form that needs no script, and leads back to the page that was wanted."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.access.callers import ANONYMOUS
from app.core.errors import ApplicationError, Forbidden, Invalid, TooMany, Unauthorized, Unavailable
from app.extensions import machine
from app.http.authenticator import Presented
from app.http.security import (
    authenticator,
    browser_session,
    public,
    reader,
    set_session_cookie,
    visitor,
)
from app.services import browser_sign_in
from app.ui.page import BY_LANGUAGE
from app.ui.way_back import SIGN_IN, way_back

LONGEST = 1024
# (kind of refusal, status, name of its text).
REFUSALS = (
    (Invalid, 400, "missing"),
    (Unauthorized, 401, "wrong"),
    (Forbidden, 403, "scope"),
    (TooMany, 429, "wait"),
    (Unavailable, 503, "busy"),
)


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/sign-in")(sign_in_page)
    blueprint.post("/server/sign-in")(sign_in)
    blueprint.post("/server/sign-out")(sign_out)


@public
def sign_in_page() -> AnyResponse:
    """Show the form; a reader who is signed in is sent on."""
    if visitor() in (None, ANONYMOUS):
        return form_page()
    return sent_on()


@public
def sign_in() -> AnyResponse:
    """Sign a browser in and send it on; the form comes again where its credentials are refused."""
    try:
        presented = given_credentials()
        caller = reader(presented)
    except (Invalid, Unauthorized, Forbidden, TooMany, Unavailable) as refused:
        return refused_page(refused)
    stay = "stay" in request.form
    credential = authenticator().credential_of(presented, caller)
    response = sent_on()
    set_session_cookie(response, browser_sign_in.sign_in(machine(), caller, credential, stay), stay)
    return response


@public
def sign_out() -> AnyResponse:
    """Sign this browser out; the sign-in leads back to the page where that was asked for."""
    shown = browser_session()
    if shown:
        browser_sign_in.sign_out(machine(), shown.secret)
    response = redirect(url_for(SIGN_IN, next=request.args.get("next")), 303)
    set_session_cookie(response, None)
    return response


def given_credentials() -> Presented:
    is_key = request.form.get("way") == "key"
    secret = request.form.get("key" if is_key else "password", "")
    if not secret.strip() or len(secret) > LONGEST:
        raise Invalid("Send username and password, or key.")
    return Presented(secret.strip()) if is_key else Presented(secret, request.form.get("user", "")[:LONGEST])


def sent_on() -> AnyResponse:
    response = redirect(way_back(request.args.get("next")), 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def refused_page(refused: ApplicationError) -> Response:
    status, problem = next((code, name) for kind, code, name in REFUSALS if isinstance(refused, kind))
    wait = getattr(refused, "retry_after", None)
    response = form_page(problem, -(-wait // 60) if wait else None)
    response.status_code = status
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def form_page(problem: str | None = None, minutes: int | None = None) -> Response:
    """The form with what was typed but for its secrets; nobody keeps a copy of it."""
    is_key = request.form.get("way") == "key"
    page = render_template(
        "sign-in.html",
        problem=problem,
        minutes=minutes,
        is_key=is_key,
        user=request.form.get("user", "admin"),
        is_open=visitor() is ANONYMOUS,
        back=way_back(request.args.get("next")),
    )
    response = make_response(page)
    response.headers |= {"Cache-Control": "no-store", "Vary": BY_LANGUAGE}
    return response
