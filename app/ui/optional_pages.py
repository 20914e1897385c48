"""Addresses of pages that may not be there, for links that are left out without them."""

from flask import current_app, url_for


def page_address(endpoint: str, **values: object) -> str:
    """The address of the page; "" where there is no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
