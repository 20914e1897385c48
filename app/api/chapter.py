"""A blueprint whose every view documents the errors that it can answer."""

from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser


class QueryAndBody(FlaskParser):
    """Reads arguments; what does not fit is the sender's fault, and 400."""

    DEFAULT_VALIDATION_STATUS = 400


class ErrorSchema(Schema):
    """What every refusal looks like."""

    detail = fields.String(required=True)
    message = fields.String()
    success = fields.Boolean()


class Document(Api):
    """The OpenAPI document; errors are answered by app/errors.py alone."""

    ERROR_SCHEMA = ErrorSchema

    def _register_error_handlers(self) -> None:
        return None


class Chapter(Blueprint):
    """One chapter of the API, mounted below /api."""

    ARGUMENTS_PARSER = QueryAndBody()
