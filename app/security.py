"""Who may call: a view names its scope, and whatever names none is closed to all but the administrator."""

import hmac
from collections.abc import Callable

from flask import Flask, Response, current_app, request

from app.errors import answer
from app.extensions import machine

PUBLIC = "public"
SCOPES = ("read", "run", "webhook", "assets", "config", "admin")


def requires(scope: str) -> Callable:
    """Mark a view with the scope that its callers need."""

    def mark(view: Callable) -> Callable:
        view.required_scope = scope
        return view

    return mark


public = requires(PUBLIC)


def init_app(app: Flask) -> None:
    app.before_request(authorize)


def authorize() -> Response | None:
    """Answer a refusal, or None where the caller may go on."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "required_scope", "admin") == PUBLIC:
        return None
    given = request.args.get("api_key") or request.headers.get("X-API-Key") or ""
    expected = machine().settings.app_api_key
    if expected and hmac.compare_digest(given.encode(), expected.encode()):
        return None
    return answer(401, "Credentials are needed.")
