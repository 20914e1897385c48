"""Pages for people, and the files that they are made of."""

from flask import Blueprint, Flask, Response, request

from app.core.decisions.step_details import step_detail
from app.core.execution.run_reasons import run_reason
from app.http.security import authenticator, public
from app.models.base import now
from app.ui import built_ui, views
from app.ui.documentation import documentation
from app.ui.english_values import english_values
from app.ui.last_visit import note_visit
from app.ui.page import frame_values, to_refused_page, to_sign_in
from app.ui.static_parts import part_answer, static_parts
from app.ui.views import candidates, library, odd, system

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # Over plain HTTP the address of the page is all that says whose page calls.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Asked for again each time and answered 304: after an update no page is half old.
    "Cache-Control": "no-cache",
}

pages = Blueprint("ui", __name__, template_folder="templates")
pages.register_blueprint(documentation)
views.register(pages)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    built_ui.init_app(app)
    library.init_app(app)
    odd.init_app(app)
    candidates.init_app(app)
    system.init_app(app)


@pages.after_request
def guarded(response: Response) -> Response:
    response = note_visit(to_refused_page(to_sign_in(response)), now())
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a page may bring a policy of its own
    return response


@pages.app_context_processor
def warning_of_the_login() -> dict:
    """For warning.html, which every page includes."""
    return {"login_warning": authenticator().open_warning(request.environ.get("HTTP_HOST"))}


pages.app_context_processor(frame_values)
pages.add_app_template_filter(english_values)
pages.add_app_template_filter(run_reason, "coded_reason")
pages.add_app_template_filter(step_detail, "coded_detail")


@pages.url_defaults
def version_of_parts(endpoint: str, values: dict) -> None:
    """Every address of a part that a page names holds the present version."""
    if endpoint == "ui.static_part":
        values.setdefault("version", static_parts().version)


@pages.get("/ui/<path:name>")
@pages.get("/ui/v-<version>/<path:name>")
@public
def static_part(name: str, version: str | None = None) -> Response:
    """A style sheet, script or icon of the pages; any version answers with the present file."""
    return part_answer(name, version)
