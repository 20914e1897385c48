"""The page of the API's documentation: Swagger UI, whose files lie below /ui/swagger-ui/."""

import re
from base64 import b64encode
from hashlib import sha256

from flask import Blueprint, Response, make_response, render_template, request

from app.extensions import openapi_document
from app.http.security import public
from app.ui.page import BY_LANGUAGE

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

documentation = Blueprint("documentation", __name__)


@documentation.get("/api/docs")
@public
def documentation_page() -> Response:
    """Every operation of the API, for people."""
    page = openapi_document().page.replace("<body>", f"<body>{render_template('warning.html')}", 1)
    response = make_response(page)
    response.headers |= {"Content-Security-Policy": policy_of(page), "Vary": BY_LANGUAGE}
    response.add_etag()
    return response.make_conditional(request)


def policy_of(page: str) -> str:
    """A policy that allows the scripts within this page and the server's own files, and nothing else."""
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in INLINE_SCRIPT.findall(page)]
    scripts = " ".join(["'self'", *(f"'sha256-{each}'" for each in hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
