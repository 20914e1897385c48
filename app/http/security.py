"""Authorization: a view names its scope, and a view without one needs "admin"."""

from collections.abc import Callable

from flask import Flask, Response, after_this_request, current_app, g, request
from flask_httpauth import HTTPBasicAuth

from app.core.access.browser_sessions import OpenedSession
from app.core.access.callers import ANONYMOUS, OPEN_SCOPES, SCOPES, Caller
from app.core.access.origins import refuse_outsider
from app.core.errors import Forbidden, TooMany, Unauthorized
from app.extensions import Extension, machine
from app.http import cookies, request_origin
from app.http.authenticator import PASS, SESSION, Authenticator, Presented
from app.http.errors import error_response

PUBLIC = "public"
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
        if key:
            return Presented(header_text(key))
        return browser_session() or self.authorization() or view_pass()

    def authorization(self) -> Presented | None:
        scheme, _, rest = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "bearer" and rest.strip():
            return Presented(header_text(rest.strip()))
        # The library reads UTF-8, and ISO-8859-1 where it is none, as some senders write it.
        basic = super().get_auth() if scheme.lower() == "basic" else None
        shown = Presented(basic.password, basic.username) if basic and basic.password else None
        return None if shown and shown.is_cookie else shown

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
    refused = None if scope == PUBLIC else GATES[scope]()
    if refused is None:
        offer_view_pass()
    return refused


def required_scope() -> str:
    view = current_app.view_functions[request.endpoint]
    return getattr(view, "required_scope", "admin")


def forged() -> bool:
    """Whether a page of another site sends this, without credentials or with those that browsers add."""
    if request_origin.is_harmless():
        return False
    presented = auth.get_auth()
    if presented and presented.is_cookie:
        return not request_origin.is_from_own_page()
    return (presented is None or not presented.is_key) and from_another_site()


def from_another_site() -> bool:
    """Whether the browser reports another site; over plain HTTP it sends only the page's origin."""
    foreign = request_origin.names_another_site()
    # Behind a proxy that hides the host every page looks foreign; a required login is protection enough.
    return authenticator().open_to_all() if foreign is None else foreign


def caller_for(scope: str, presented: Presented | None) -> Caller | None:
    """The caller behind the credentials, or the anonymous one where the login is off and lets it in."""
    door = authenticator()
    if presented and (known := door.recall(presented)):
        return known
    if presented and presented.is_cookie:
        return door.cookie_caller(presented)
    no_key = presented is None or not presented.is_key
    if no_key and scope in OPEN_SCOPES and door.open_to_all() and lets_in(presented):
        return ANONYMOUS
    # A sender of webhooks may share its address with an attacker, and does not repeat a request.
    return presented and door.identify(presented, request.remote_addr, never_repeats=scope == "webhook")


def lets_in(presented: Presented | None) -> bool:
    """Whether the login that is off lets the sender in; raises the reason where no password helps either."""
    try:
        refuse_outsider(request_origin.sender(), authenticator().own_names)
    except (Forbidden, Unauthorized):
        if presented is None:
            raise
        return False
    return True


def reader(presented: Presented) -> Caller:
    """The caller of these credentials, who may read; else `Unauthorized`, `Forbidden` or `TooMany`."""
    caller = authenticator().identify(presented, request.remote_addr)
    if caller is None:
        raise Unauthorized("These credentials are not valid.")
    if "read" not in caller.scopes:
        raise Forbidden("These credentials lack the scope 'read'.")
    return caller


def visitor() -> Caller | None:
    """The caller of a public view, None for a locked address, an outsider, and a bare view pass."""
    presented = auth.get_auth()
    if presented and presented.username == PASS:
        return None
    try:
        return caller_for("read", presented)
    except (TooMany, Forbidden, Unauthorized):
        return None


def current_caller() -> Caller | None:
    """The authorized caller of this request, or None in a public view."""
    return auth.current_user()


def admission() -> Callable[[], bool]:
    """A check for streams, callable in any thread: whether this request's caller would still be let in."""
    door, presented, scope = authenticator(), auth.get_auth(), required_scope()
    if presented is None or current_caller() is ANONYMOUS:
        return door.open_to_all
    return lambda: door.still_admits(presented, scope)


def browser_session() -> Presented | None:
    """The session of the cookie, None where there is none or it has ended."""
    if not cookies.has_cookies():
        return None
    if "browser_session" not in g:
        token = cookies.session_token(authenticator().secret)
        shown = Presented(token, SESSION) if token else None
        g.browser_session = shown if shown and authenticator().cookie_caller(shown) else None
    return g.browser_session


def view_pass() -> Presented | None:
    """The pass of the cookie, for requests that change nothing while the login is on."""
    if not cookies.has_cookies() or request.method not in request_origin.SAFE_METHODS:
        return None
    door = authenticator()
    text = cookies.pass_text(door.secret)
    shown = Presented(text, PASS) if text else None
    return shown if shown and not door.open_to_all() and door.cookie_caller(shown) else None


def offer_view_pass() -> None:
    """Give a page that sends its login with each call a pass for its images and sockets."""
    if "HTTP_AUTHORIZATION" not in request.environ:
        return
    presented = auth.get_auth()
    if presented is None or not presented.is_login or not request_origin.is_for_own_page():
        return
    door, caller = authenticator(), current_caller()
    if caller in (None, ANONYMOUS) or door.is_fresh_pass(cookies.pass_text(door.secret)):
        return
    text = door.new_pass(presented, caller)
    after_this_request(lambda response: with_pass(response, text))


def with_pass(response: Response, text: str) -> Response:
    cookies.set_pass_cookie(response, authenticator().secret, text)
    return response


def set_session_cookie(response: Response, opened: OpenedSession | None, stay: bool = False) -> None:
    """Hand the token to the browser; without one, delete every cookie of ours that the browser holds."""
    secret = authenticator().secret
    cookies.set_session_cookie(response, secret, opened, stay)
    if opened is None and cookies.pass_text(secret):
        cookies.set_pass_cookie(response, secret, "")


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
