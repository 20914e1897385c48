"""A blueprint whose every view documents the errors that it can answer."""

import json
from functools import cached_property
from http import HTTPStatus

from flask import Request, Response
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser

from app.core.config_file import DEEPEST_NESTING, nested_deeper
from app.core.errors import Invalid
from app.http.security import PUBLIC, SAFE_METHODS, public

SECURITY_SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "key in query": {"type": "apiKey", "in": "query", "name": "api_key"},
    "password": {"type": "http", "scheme": "basic", "description": "A key may stand for the password."},
}
# Room for the paths of a hundred thousand pictures.
LARGEST_JSON = 16 * 1024 * 1024
# As much as deploy/nginx.conf lets through.
LARGEST_UPLOAD = 32 * 1024 * 1024
TOO_DEEP = f"The body is nested more than {DEEPEST_NESTING} levels deep."
TOO_LARGE = "The body holds a number of more digits than can be meant."
WITH_BODY = ("POST", "PUT", "PATCH")
ANY_CREDENTIALS = [{name: []} for name in SECURITY_SCHEMES]


def document_options(base_path: str) -> dict:
    """What the OpenAPI document says of the whole API: where it is, and how to show credentials."""
    return {"servers": [{"url": base_path or "/"}], "components": {"securitySchemes": SECURITY_SCHEMES}}


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
        return found

    def load_form(self, req: Request, schema: Schema):
        req.max_content_length = LARGEST_UPLOAD
        return super().load_form(req, schema)

    def load_files(self, req: Request, schema: Schema):
        req.max_content_length = LARGEST_UPLOAD
        return super().load_files(req, schema)


class ErrorSchema(Schema):
    """What every refusal looks like."""

    detail = fields.String(required=True)
    message = fields.String()
    success = fields.Boolean()


class Document(Api):
    """The OpenAPI document; errors are answered by app/http/errors.py alone."""

    ERROR_SCHEMA = ErrorSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        return None

    @public
    def _openapi_json(self) -> Response:
        """The document holds no secret, and a client must read it before it can call."""
        return Response(self.text, mimetype="application/json")

    @cached_property
    def text(self) -> str:
        """The whole document, which no request changes."""
        return json.dumps(self.spec.to_dict())


class Chapter(Blueprint):
    """One chapter of the API, mounted below /api."""

    ARGUMENTS_PARSER = QueryAndBody()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._prepare_doc_cbks.append(self.document_errors)

    def add_url_rule(self, rule, endpoint=None, view_func=None, *args, **options) -> None:
        """Register a view, and note what its rule and its scope say of the errors it can answer."""
        super().add_url_rule(rule, endpoint, view_func, *args, **options)
        registered = self._endpoints[-1]
        scope = getattr(view_func, "required_scope", "admin")
        for method in options.get("methods", ("GET",)):
            self._docs[registered][method.lower()]["mark"] = {
                "operationId": f"{self.name}_{registered}",
                "scope": scope,
                "errors": possible_errors(rule, scope, method),
            }

    @staticmethod
    def document_errors(doc: dict, doc_info: dict, **context) -> dict:
        """Add to an operation what follows from its mark."""
        mark = doc_info["mark"]
        known = {int(status) for status in doc.get("responses", ())}
        for status in mark["errors"] - known:
            doc.setdefault("responses", {})[status] = HTTPStatus(status).name
        doc["operationId"] = mark["operationId"]
        doc["x-required-scope"] = mark["scope"]
        doc["security"] = [] if mark["scope"] == PUBLIC else ANY_CREDENTIALS
        return doc


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
