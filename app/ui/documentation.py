"""The page of documentation, written from the OpenAPI document."""

from flask import Blueprint, Response, current_app, make_response, render_template, request

from app.extensions import openapi_document
from app.http.security import public
from app.ui.operations import groups

documentation = Blueprint("documentation", __name__)


@documentation.get("/api/docs")
@public
def documentation_page() -> Response:
    """Every operation of the API, for people."""
    response = make_response(page_text())
    response.add_etag()
    return response.make_conditional(request)


def page_text() -> str:
    """The page is the same for everybody and for as long as the process lives."""
    kept = current_app.extensions
    if "documentation_page" not in kept:
        document = openapi_document().content
        kept["documentation_page"] = render_template(
            "documentation.html", info=document["info"], groups=groups(document)
        )
    return kept["documentation_page"]
