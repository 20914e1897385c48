"""The way from a page to the sign-in, and from there back."""

from urllib.parse import quote, unquote

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from app.extensions import machine

HOME, OWN_HOME = "ui.index_page", "ui.own_page"
SIGN_IN = "ui.sign_in_page"
OF_PAGES = "ui."
# What the query of an address holds as it is.
OF_QUERIES = "%=&+;,:@/?!$*()'"
# A key in the query counts before a session: one that is not valid would lead to the sign-in for ever.
KEYS = ("api_key", "secret")


def home_endpoint() -> str:
    """The endpoint of our own home page; with UI_PATH another page has the root."""
    return OWN_HOME if machine().settings.ui_path else HOME


def path_here() -> str | None:
    """Path and query of this request as `way_back` takes them, without a key; None for the root."""
    parts = request.query_string.decode("latin-1").split("&")
    query = "&".join(part for part in parts if part.partition("=")[0] not in KEYS)
    path = quote(request.path.lstrip("/"))
    return f"{path}?{query}" if query else path or None


def sign_in_address() -> str:
    """The address of the sign-in that leads back to the page of this request."""
    return url_for(SIGN_IN, next=path_here())


def way_back(wanted: str | None) -> str:
    """The address of the page of ours that was wanted; that of the home page for any other place."""
    path, _, query = (wanted or "").partition("?")
    endpoint, values = page_at(f"/{unquote(path).lstrip('/')}")
    address = url_for(endpoint, **values)
    return f"{address}?{quote(query, safe=OF_QUERIES)}" if query else address


def page_at(path: str) -> tuple[str, dict]:
    """(endpoint, values) of the page of ours at a path, those of the home page where there is none."""
    try:
        endpoint, values = current_app.create_url_adapter(request).match(path, method="GET")
    except HTTPException:
        return home_endpoint(), {}
    return (endpoint, values) if endpoint.startswith(OF_PAGES) else (home_endpoint(), {})
