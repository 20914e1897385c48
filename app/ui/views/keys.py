"""The API keys: listed, created with chosen scopes, and revoked."""

from flask import Blueprint, Response

from app.core.access import api_keys
from app.core.access.callers import SCOPES
from app.extensions import machine
from app.ui.page import page, show


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/keys")(keys_page)


@page("admin")
def keys_page() -> Response:
    """List the keys; the page's script creates and revokes them by the API."""
    with machine().database.reading() as session:
        keys = [(key, api_keys.is_expired(key)) for key in api_keys.list_keys(session)]
    return show("keys.html", keys=keys, scopes=SCOPES, usual=api_keys.DEFAULT_SCOPES)
