"""Where the present request comes from, by what browsers say without being asked."""

from flask import request

from app.core.access.origins import Sender, host_name, sent_by_own_page
from app.http.proxies import HIDDEN_CLIENT

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


def sender() -> Sender:
    """What the request shows of its sender, credentials aside."""
    environ = request.environ
    return Sender(
        site=environ.get("HTTP_SEC_FETCH_SITE"),
        origin=environ.get("HTTP_ORIGIN"),
        referer=environ.get("HTTP_REFERER"),
        host=environ.get("HTTP_HOST"),
        address=None if environ.get(HIDDEN_CLIENT) else request.remote_addr,
    )


def opens_socket() -> bool:
    return request.environ.get("HTTP_UPGRADE", "").lower() == "websocket"


def is_harmless() -> bool:
    """Whether a page of another site may send this: it changes nothing, and browsers hide the answer."""
    return request.method in SAFE_METHODS and not opens_socket()


def is_from_own_page() -> bool:
    """Whether a page of this origin sends this: no other one can set the header without our consent."""
    if site := request.environ.get("HTTP_SEC_FETCH_SITE"):
        return site == "same-origin"
    origin = request.environ.get("HTTP_ORIGIN")
    return "HTTP_X_REQUESTED_WITH" in request.environ or origin == request.host_url.rstrip("/")


def is_for_own_page() -> bool:
    """Whether a page of this server reads the answer, also over plain HTTP."""
    return sent_by_own_page(sender()) is True and request.environ.get("HTTP_SEC_FETCH_SITE") != "none"


def names_another_site() -> bool | None:
    """Whether the browser reports another site; None where it only names a page of another host."""
    if site := request.environ.get("HTTP_SEC_FETCH_SITE"):
        return site == "cross-site"
    origin = request.environ.get("HTTP_ORIGIN")
    return False if origin is None or host_name(origin) == host_name(f"//{request.host}") else None
