"""The cookies of browsers: the session of who signed in, and the view pass."""

from flask import Response, request

from app.core.access.browser_sessions import OpenedSession, cookie_name
from app.core.access.view_passes import LIFETIME

# Both names begin with it; requests without any such cookie need no further look.
COMMON = "posterizarr_"
VIEW = "_view"


def has_cookies() -> bool:
    return COMMON in request.environ.get("HTTP_COOKIE", "")


def session_token(secret: bytes) -> str | None:
    return request.cookies.get(cookie_name(secret))


def pass_text(secret: bytes) -> str | None:
    return request.cookies.get(cookie_name(secret) + VIEW)


def set_session_cookie(
    response: Response, secret: bytes, opened: OpenedSession | None, stay: bool = False
) -> None:
    """Hand the token to the browser, for as long as it runs or with `stay` for the session's time."""
    seconds = (opened.seconds if stay else None) if opened else 0
    set_cookie(response, cookie_name(secret), opened.token if opened else "", seconds)


def set_pass_cookie(response: Response, secret: bytes, text: str) -> None:
    """Hand a view pass to the browser, or delete it there where the text is empty."""
    set_cookie(response, cookie_name(secret) + VIEW, text, LIFETIME if text else 0)


def set_cookie(response: Response, name: str, value: str, seconds: int | None) -> None:
    """Set a cookie of this base path alone, that no script reads and no other site sends."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=f"{request.script_root}/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
