"""What each page of ours has: a scope, the frame around it, and a way back through the sign-in."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.http.security import browser_session, requires, visitor
from app.ui.catalogue import LANGUAGES, texts_of_request
from app.ui.static_parts import modules_behind
from app.ui.way_back import HOME, OWN_HOME, home_endpoint, path_here, sign_in_address

BY_LANGUAGE = "Accept-Language, Cookie"
# Bytes. No page holds a secret, so that its packed length tells none.
PACKED_FROM = 16 * 1024
# (endpoint, name of its text) in the order of the navigation.
NAVIGATION = (
    (HOME, "nav.home"),
    ("ui.library_page", "nav.library"),
    ("ui.attention_page", "nav.attention"),
    ("ui.runs_page", "nav.runs"),
    ("ui.schedule_page", "nav.schedule"),
    ("ui.triggers_page", "nav.triggers"),
    ("ui.logs_page", "nav.logs"),
    ("ui.system_page", "nav.system"),
    ("ui.keys_page", "nav.keys"),
    ("ui.designs_page", "nav.designs"),
    ("ui.settings_page", "nav.settings"),
)

# Pages that the navigation does not have, and the one under which each stands there.
SHOWN_UNDER = {
    "ui.odd_page": "ui.attention_page",
    OWN_HOME: HOME,
    "ui.run_page": "ui.runs_page",
    "ui.preflight_page": "ui.runs_page",
    "ui.days_page": "ui.library_page",
    "ui.passport_page": "ui.library_page",
    "ui.passport_answer": "ui.library_page",
    "ui.picture_page": "ui.library_page",
    "ui.candidates_page": "ui.library_page",
    "ui.missing_page": "ui.library_page",
    "ui.correct_page": "ui.library_page",
    "ui.sofa_page": "ui.designs_page",
    "ui.duel_page": "ui.library_page",
    "ui.make_page": "ui.library_page",
    "ui.rules_page": "ui.settings_page",
    "ui.split_page": "ui.designs_page",
    "ui.start_page": HOME,
}


def page(scope: str) -> Callable:
    """Mark a view as a page that needs the scope; who lacks credentials is sent to the sign-in."""

    def mark(view: Callable) -> Callable:
        view.is_page = True
        return requires(scope)(view)

    return mark


def show(template: str, **values: object) -> Response:
    """The page of a template inside the frame, with a validator, so that an unchanged one is 304."""
    response = pack_page(make_response(render_template(template, **values)))
    response.headers["Vary"] = f"{BY_LANGUAGE}, Accept-Encoding"
    response.add_etag()
    return response.make_conditional(request)


def pack_page(response: Response) -> Response:
    """The page itself, packed where it is long and the browser can unpack it."""
    if len(response.data) >= PACKED_FROM and request.accept_encodings["gzip"] > 0:
        # Without a time, so that the same page has the same validator.
        response.data = gzip.compress(response.data, mtime=0)
        response.content_encoding = "gzip"
    return response


def frame_values() -> dict:
    """For every template: `t` for texts, `moment`, `navigation` as (address, text name, is_current)."""
    here = SHOWN_UNDER.get(request.endpoint, request.endpoint)
    home = home_endpoint()
    return {
        "t": texts_of_request(),
        "languages": LANGUAGES,
        "navigation": [
            (url_for(home if name == HOME else name), text, name == here) for name, text in NAVIGATION
        ],
        "home": url_for(home),
        "is_signed_in": browser_session() is not None,
        "path_here": path_here,
        "moment": moment,
        "modules_behind": modules_behind,
    }


def moment(time: datetime) -> Markup:
    """The time for people, which the page's script writes in the browser's zone."""
    utc = time.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(
        utc.isoformat(timespec="seconds"), f"{utc:%Y-%m-%d %H:%M} UTC"
    )


def to_sign_in(response: AnyResponse) -> AnyResponse:
    """The way to the sign-in, and from there back here, in place of a page without credentials."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "is_page", False) or not is_without_credentials(response.status_code):
        return response
    answer = redirect(sign_in_address(), 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def to_refused_page(response: AnyResponse) -> AnyResponse:
    """A page with the reason for a person whose page is refused; scripts get the JSON."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_refused = 400 <= response.status_code < 500 and response.is_json and getattr(view, "is_page", False)
    if not is_refused or "text/html" not in request.accept_mimetypes.values():
        return response
    kind = response.status_code if response.status_code in (403, 404) else "other"
    page = render_template("refused.html", kind=kind, detail=response.json["detail"])
    response.set_data(page)
    response.content_type = "text/html; charset=utf-8"
    return response


def is_without_credentials(status: int) -> bool:
    """Whether none were shown; 403 is for those that lack a scope, and for a host that is not listed."""
    return status == 401 or (status == 403 and visitor() is None)
