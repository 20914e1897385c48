"""Authorization: a view names its scope, and a view without one needs "admin"."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask_httpauth import HTTPBasicAuth

from app.core.access.browser_sessions import OpenedSession, cookie_name
from app.core.access.callers import ANONYMOUS, OPEN_SCOPES, SCOPES, Caller
from app.core.errors import Forbidden, TooMany, Unauthorized
from app.extensions import Extension, machine
from app.http.authenticator import SESSION, Authenticator, Presented
from app.http.errors import error_response

PUBLIC = "public"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
FORGED = "A page of another site needs an API key. If it is your own page, let the proxy pass on the Host."
NOT_KEPT = {"Cache-Control": "no-store"}


def requires(scope: str) -> Callable:
    """Mark a view with the scope that its callers need."""
    if scope not in (*SCOPES, PUBLIC):
        raise ValueError(f"There is no scope {scope!r}.")

    def mark(view: Callable) -> Callable:
        view.required_scope = scope
        return view

    return mark


public = requires(PUBLIC)


class CallerAuth(HTTPBasicAuth):
    """Basic authentication, and API keys wherever senders are able to put them."""

    def get_auth(self) -> Presented | None:
        key = key_in_query() or request.environ.get("HTTP_X_API_KEY")
        return Presented(header_text(key)) if key else browser_session() or self.authorization()

    def authorization(self) -> Presented | None:
        scheme, _, rest = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "bearer" and rest.strip():
            return Presented(header_text(rest.strip()))
        # The library reads UTF-8, and ISO-8859-1 where it is none, as some senders write it.
        basic = super().get_auth() if scheme.lower() == "basic" else None
        return Presented(basic.password, basic.username) if basic and basic.password else None

    def authenticate(self, presented: Presented | None, stored_password: None) -> Caller | None:
        return caller_for(required_scope(), presented)

    def get_auth_password(self, presented: Presented | None) -> None:
        """Not used: `authenticate` calls the authenticator."""

    def ensure_sync(self, function: Callable) -> Callable:
        # Nothing here is a coroutine, and checking that three times a request costs more than finding a key.
        return function


def passed() -> None:
    return None


def refusal_response(status: int) -> Response:
    if status == 403:
        return error_response(403, f"These credentials lack the scope {required_scope()!r}.", NOT_KEPT)
    detail = "These credentials are not valid." if auth.get_auth() else "Credentials are needed."
    return error_response(401, detail, NOT_KEPT)


auth = CallerAuth()
auth.get_user_roles(lambda caller: caller.scopes)
# Set without the library's decorator, which adds WWW-Authenticate: browsers then open a window of their own.
auth.auth_error_callback = refusal_response
GATES = {scope: auth.login_required(role=scope)(passed) for scope in SCOPES}


authenticator = Extension[Authenticator]("authenticator")


def init_app(app: Flask) -> None:
    authenticator.attach(app, Authenticator(machine.of(app)))
    app.before_request(authorize)


def authorize() -> Response | None:
    """The error response, or None where the caller is authorized."""
    if request.endpoint is None:
        return None
    if forged():
        return error_response(403, FORGED, NOT_KEPT)
    scope = required_scope()
    return None if scope == PUBLIC else GATES[scope]()


def required_scope() -> str:
    view = current_app.view_functions[request.endpoint]
    return getattr(view, "required_scope", "admin")


def forged() -> bool:
    """Whether a page of another site sends this, without credentials or with those that browsers add."""
    if request.method in SAFE_METHODS:
        return False
    presented = auth.get_auth()
    if presented and presented.is_session:
        return not from_own_page()
    return from_another_site() and (presented is None or not presented.is_key)


def from_own_page() -> bool:
    """Whether a page of this origin sends this: no other one can set the header without our consent."""
    if site := request.environ.get("HTTP_SEC_FETCH_SITE"):
        return site == "same-origin"
    origin = request.environ.get("HTTP_ORIGIN")
    return "HTTP_X_REQUESTED_WITH" in request.environ or origin == request.host_url.rstrip("/")


def from_another_site() -> bool:
    """Whether the browser reports another site; over plain HTTP it sends only the page's origin."""
    if site := request.environ.get("HTTP_SEC_FETCH_SITE"):
        return site == "cross-site"
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is None or host_name(origin) == host_name(f"//{request.host}"):
        return False
    # Behind a proxy that hides the host every page looks foreign; a required login is protection enough.
    return authenticator().open_to_all()


def host_name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return None


def caller_for(scope: str, presented: Presented | None) -> Caller | None:
    """The caller behind the credentials, or the anonymous one where the scope is open to all."""
    door = authenticator()
    if presented and (known := door.recall(presented)):
        return known
    no_key = presented is None or not presented.is_key
    if no_key and scope in OPEN_SCOPES and door.open_to_all():
        return ANONYMOUS
    if presented and presented.is_session:
        return door.session_caller(presented)
    # A sender of webhooks may share its address with an attacker, and does not repeat a request.
    return presented and door.identify(presented, request.remote_addr, never_repeats=scope == "webhook")


def reader(presented: Presented) -> Caller:
    """The caller of these credentials, who may read; else `Unauthorized`, `Forbidden` or `TooMany`."""
    caller = authenticator().identify(presented, request.remote_addr)
    if caller is None:
        raise Unauthorized("These credentials are not valid.")
    if "read" not in caller.scopes:
        raise Forbidden("These credentials lack the scope 'read'.")
    return caller


def visitor() -> Caller | None:
    """The caller of a public view, None for a locked address."""
    try:
        return caller_for("read", auth.get_auth())
    except TooMany:
        return None


def current_caller() -> Caller | None:
    """The authorized caller of this request, or None in a public view."""
    return auth.current_user()


def browser_session() -> Presented | None:
    """The session of the cookie, None where there is none or it has ended."""
    if "posterizarr_" not in request.environ.get("HTTP_COOKIE", ""):
        return None
    if "browser_session" not in g:
        shown = session_in_cookie()
        g.browser_session = shown if shown and authenticator().session_caller(shown) else None
    return g.browser_session


def session_in_cookie() -> Presented | None:
    token = request.cookies.get(cookie_name(authenticator().secret))
    return Presented(token, SESSION) if token else None


def set_session_cookie(response: Response, opened: OpenedSession | None, stay: bool = False) -> None:
    """Hand the token to the browser for this base path alone, or delete it there."""
    response.set_cookie(
        cookie_name(authenticator().secret),
        opened.token if opened else "",
        max_age=(opened.seconds if stay else None) if opened else 0,
        path=f"{request.script_root}/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def key_in_query() -> str | None:
    # Most requests have no query, and parsing none costs as much as parsing one.
    if not request.environ.get("QUERY_STRING"):
        return None
    return request.args.get("api_key") or request.args.get("secret")


def header_text(value: str) -> str:
    """The text that a client meant: WSGI hands over UTF-8 as if it were ISO-8859-1."""
    try:
        return value if value.isascii() else value.encode("latin-1").decode()
    except UnicodeError:
        return value
