"""A blueprint whose every view documents the errors that it can answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import CombinedMultiDict

from app.api.document import ANY_CREDENTIALS
from app.core.assets.naming import is_storable
from app.core.config_file import DEEPEST_NESTING, nested_deeper
from app.core.errors import Invalid
from app.http.request_origin import SAFE_METHODS
from app.http.security import PUBLIC

# Room for the paths of a hundred thousand pictures.
LARGEST_JSON = 16 * 1024 * 1024
# As much as deploy/nginx.conf lets through.
LARGEST_UPLOAD = 32 * 1024 * 1024
TOO_DEEP = f"The body is nested more than {DEEPEST_NESTING} levels deep."
TOO_LARGE = "The body holds a number of more digits than can be meant."
HALF_PAIR = "A text of the body holds half of a surrogate pair, which is no character."
# The location of arguments that come as a multipart form with files.
UPLOAD = "form_and_files"
WITH_BODY = ("POST", "PUT", "PATCH")


class QueryAndBody(FlaskParser):
    """Reads arguments; what does not fit is the sender's fault, and 400."""

    DEFAULT_VALIDATION_STATUS = 400

    def load_json(self, req: Request, schema: Schema):
        """Read a body that memory can hold many of; a longer one is 413, and nothing of it is read."""
        req.max_content_length = LARGEST_JSON
        try:
            found = super().load_json(req, schema)
        except RecursionError as error:
            raise Invalid(TOO_DEEP) from error
        except ValueError as error:
            raise Invalid(TOO_LARGE) from error
        if nested_deeper(found, DEEPEST_NESTING):
            raise Invalid(TOO_DEEP)
        if not holds_characters_only(found):
            raise Invalid(HALF_PAIR)
        return found


def holds_characters_only(value: Any) -> bool:
    """Whether every text in what was parsed can be written as UTF-8, as databases and commands want it."""
    if isinstance(value, str):
        return is_storable(value)
    parts = (*value, *value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(map(holds_characters_only, parts))


parser = QueryAndBody()


@parser.location_loader(UPLOAD)
def load_upload(req: Request, schema: Schema) -> MultiDictProxy:
    """Read the fields and files of a multipart form as one set of arguments."""
    req.max_content_length = LARGEST_UPLOAD
    return MultiDictProxy(CombinedMultiDict([req.form, req.files]), schema)


class ApiBlueprint(Blueprint):
    """One group of views, mounted below /api unless it names another prefix."""

    ARGUMENTS_PARSER = parser
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING = {
        **Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        UPLOAD: "multipart/form-data",
    }

    def __init__(self, *args, url_prefix: str | None = "/api", **options):
        super().__init__(*args, url_prefix=url_prefix, **options)

    def route(self, rule: str, **options) -> Callable:
        """Register a view, and document its name, its scope, and the errors that follow from both."""

        def register(view: Callable) -> Callable:
            scope = getattr(view, "required_scope", "admin")
            errors = possible_errors(rule, scope, options.get("methods", ("GET",))[0])
            documented = self.doc(
                operationId=f"{self.name}_{options.get('endpoint') or view.__name__}",
                security=[] if scope == PUBLIC else ANY_CREDENTIALS,
                responses={status: HTTPStatus(status).name for status in errors},
                **{"x-required-scope": scope},
            )(view)
            super(ApiBlueprint, self).route(rule, **options)(documented)
            return view

        return register


def possible_errors(rule: str, scope: str, method: str) -> set[int]:
    """A database that does not answer concerns every view; the rest follows from rule, scope and method."""
    found = {503}
    if scope != PUBLIC:
        found |= {401, 403, 429}
    if method.upper() not in SAFE_METHODS:
        found |= {403}  # another site's page
    if method.upper() in WITH_BODY:
        found |= {413}
    if "<" in rule:
        found |= {400, 404}
    return found
