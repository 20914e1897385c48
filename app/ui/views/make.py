"""Make a poster: title, picture and kind, drawn while they are typed."""

from flask import Blueprint, Response

from app.ui.page import page, show

KINDS = ("poster", "season", "background", "title_card", "collection")


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/make")(make_page)


@page("run")
def make_page() -> Response:
    """Show the form of a poster that is made by hand."""
    return show("make.html", kinds=KINDS)
