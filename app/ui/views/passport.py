"""The passport: whose a picture is that somebody brings, and what can be done with it."""

from flask import Blueprint, Response, request

from app.core.errors import Invalid
from app.extensions import machine
from app.services.passports import LARGEST_PICTURE, Passport, passport_desk
from app.ui.page import page, show


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/passport")(passport_page)
    blueprint.post("/server/passport")(passport_answer)


@page("read")
def passport_page() -> Response:
    """Ask for a picture."""
    return shown_passport()


@page("read")
def passport_answer() -> Response:
    """Show which item the picture of the form belongs to; what is no picture is 400, with the reason."""
    request.max_content_length = LARGEST_PICTURE
    file = request.files.get("file")
    if file is None or not file.filename:
        return shown_passport(refused="no_file", status=400)
    try:
        return shown_passport(passport_desk().passport(machine(), file.stream))
    except Invalid as error:
        return shown_passport(refused="no_picture", why=error.detail, status=400)


def shown_passport(
    passport: Passport | None = None, refused: str = "", why: str = "", status: int = 200
) -> Response:
    is_built_in = not machine().settings.poster_script
    response = show("passport.html", passport=passport, refused=refused, why=why, is_built_in=is_built_in)
    response.status_code = status if status != 200 else response.status_code
    return response
