"""A blueprint whose every view documents the errors that it can answer."""

from http import HTTPStatus

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema
from webargs.flaskparser import FlaskParser

from app.api.document import ANY_CREDENTIALS
from app.core.config_file import DEEPEST_NESTING, nested_deeper
from app.core.errors import Invalid
from app.http.security import PUBLIC, SAFE_METHODS

# Room for the paths of a hundred thousand pictures.
LARGEST_JSON = 16 * 1024 * 1024
# As much as deploy/nginx.conf lets through.
LARGEST_UPLOAD = 32 * 1024 * 1024
TOO_DEEP = f"The body is nested more than {DEEPEST_NESTING} levels deep."
TOO_LARGE = "The body holds a number of more digits than can be meant."
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
        return found

    def load_form(self, req: Request, schema: Schema):
        req.max_content_length = LARGEST_UPLOAD
        return super().load_form(req, schema)

    def load_files(self, req: Request, schema: Schema):
        req.max_content_length = LARGEST_UPLOAD
        return super().load_files(req, schema)


class ApiBlueprint(Blueprint):
    """One chapter of the API, mounted below /api unless it names another prefix."""

    ARGUMENTS_PARSER = QueryAndBody()

    def __init__(self, *args, url_prefix: str | None = "/api", **options):
        super().__init__(*args, url_prefix=url_prefix, **options)
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
