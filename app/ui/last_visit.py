"""When a browser was here before: a cookie with the end of its last visit and the present one's last page."""

from datetime import UTC, datetime, timedelta

from flask import Response, current_app, request

COOKIE = "last_visit"
DAYS = 400
# A page, and the one that the browser has.
SHOWN = (200, 304)
# A visit is over after so long without a page.
PAUSE = timedelta(minutes=30)


def visits(moment: datetime) -> tuple[datetime | None, datetime | None]:
    """(end of the last visit, last page of the present one); None where the browser is new."""
    ended, _, seen = request.cookies.get(COOKIE, "").partition("-")
    known = [time_of_seconds(text, moment) for text in (ended, seen)]
    last, page = known
    return (page, moment) if page and moment - page > PAUSE else (last, page)


def time_of_seconds(text: str, moment: datetime) -> datetime | None:
    """The time of a number of seconds; None for what is none, or lies ahead."""
    seconds = int(text) if text.isdecimal() and text.isascii() and len(text) < 12 else 0
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= moment.timestamp() else None


def note_visit(response: Response, moment: datetime) -> Response:
    """Keep in the browser when its last visit ended and that this one goes on; only a shown page counts."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "is_page", False) or response.status_code not in SHOWN:
        return response
    ended = visits(moment)[0] or moment
    value = f"{int(ended.timestamp())}-{int(moment.timestamp())}"
    path = f"{request.script_root}/"
    response.set_cookie(COOKIE, value, max_age=DAYS * 86400, path=path, httponly=True, samesite="Strict")
    return response
